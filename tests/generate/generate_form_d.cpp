// generate_form_d OUT_DIR COUNT SEED [xml|submission|dataset]: writes made-up Form D filings into a folder.
#include <cstdlib>
#include <exception>
#include <iostream>
#include <string>

#include "form_d_generator.hpp"

int main(int argc, char** argv) {
    try {
        const std::string form = argc == 5 ? argv[4] : "xml";
        if (argc < 4 || argc > 5 || (form != "xml" && form != "submission" && form != "dataset")) {
            std::cerr << "usage: generate_form_d OUT_DIR COUNT SEED [xml|submission|dataset]\n";
            return 2;
        }
        const auto filings =
            form_d_generator::filings({.count = std::stoul(argv[2]), .seed = std::stoull(argv[3])});
        if (form == "dataset") {
            form_d_generator::write_dataset(argv[1], filings);
        } else {
            form_d_generator::write_notices(argv[1], filings, form == "xml" ? ".xml" : ".txt");
        }
        return EXIT_SUCCESS;
    } catch (const std::exception& error) {
        std::cerr << "generate_form_d: " << error.what() << '\n';
        return EXIT_FAILURE;
    }
}
