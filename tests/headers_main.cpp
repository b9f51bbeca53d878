// Two units that include every public header must link into one program. They do not when a function in a
// header lacks `inline`.
#include <string_view>

const char* headers_one();
const char* headers_two();

int main() {
    return std::string_view(headers_one()) != headers_two() ? 0 : 1;
}
