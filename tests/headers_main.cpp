// Two units that include every public header link into one program: a function of a header that lacks
// `inline` does not.
#include <string_view>

const char* headers_one();
const char* headers_two();

int main() {
    return std::string_view(headers_one()) != headers_two() ? 0 : 1;
}
