#include "base/xml/xml_document.hpp"

#include <simdjson.h>

#include <algorithm>
#include <iterator>
#include <pugixml.hpp>
#include <utility>

#include "base/ascii.hpp"
#include "postmoney/value/error.hpp"

namespace postmoney::detail {

namespace {

[[nodiscard]] pugi::xml_node node_of(void* node) noexcept {
    return pugi::xml_node(static_cast<pugi::xml_node_struct*>(node));
}

// The node itself, or the first behind it, that is an element.
[[nodiscard]] pugi::xml_node element_from(pugi::xml_node node) noexcept {
    while (node && node.type() != pugi::node_element) node = node.next_sibling();
    return node;
}

// Where the declaration begins, or what there is in its place.
[[nodiscard]] std::size_t start_of(std::string_view text) {
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    constexpr std::string_view space = " \t\r\n";
    std::size_t start = std::min(text.find_first_not_of(space), text.size());
    if (text.substr(start).starts_with(byte_order_mark)) start += byte_order_mark.size();
    return std::min(text.find_first_not_of(space, start), text.size());
}

// The encoding that the declaration names, in capitals; UTF-8 without one.
[[nodiscard]] std::string declared_encoding(std::string_view xml) {
    if (!xml.starts_with("<?xml")) return "UTF-8";
    const std::string_view declaration = xml.substr(0, xml.find("?>"));
    const std::size_t at = declaration.find("encoding");
    const std::size_t open = at == std::string_view::npos ? at : declaration.find_first_of("'\"", at);
    if (open == std::string_view::npos) return "UTF-8";
    return in_capitals(
        declaration.substr(open + 1, declaration.find(declaration[open], open + 1) - open - 1));
}

[[nodiscard]] std::string utf8_of_latin1(std::string_view text) {
    std::string result;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x80U) {
            result += c;
        } else {
            result += static_cast<char>(0xC0U | (byte >> 6U));
            result += static_cast<char>(0x80U | (byte & 0x3FU));
        }
    }
    return result;
}

[[nodiscard]] std::string in_utf8(std::string xml, std::string_view file, std::uint64_t line) {
    const bool utf16 =
        xml.starts_with("\xFE\xFF") || xml.starts_with("\xFF\xFE") || xml.find('\0') != std::string::npos;
    const std::string encoding = utf16 ? "UTF-16" : declared_encoding(xml);
    if (encoding == "ISO-8859-1" || encoding == "LATIN1") return utf8_of_latin1(xml);
    if (encoding != "UTF-8" && encoding != "US-ASCII" && encoding != "ASCII") {
        throw Error::refused(ErrorCode::bad_xml, encoding, "the encoding UTF-8, US-ASCII or ISO-8859-1")
            .at(file, line);
    }
    if (!simdjson::validate_utf8(xml)) throw Error(ErrorCode::bad_text, "is no valid UTF-8").at(file, line);
    return xml;
}

}  // namespace

//--- XmlElement

std::string_view XmlElement::name() const noexcept {
    return node_of(node_).name();
}

std::string_view XmlElement::text() const noexcept {
    return node_of(node_).text().get();
}

std::string_view XmlElement::attribute(std::string_view name) const noexcept {
    for (const pugi::xml_attribute attribute : node_of(node_).attributes()) {
        if (attribute.name() == name) return attribute.value();
    }
    return {};
}

std::size_t XmlElement::attribute_count() const noexcept {
    const auto attributes = node_of(node_).attributes();
    return static_cast<std::size_t>(std::distance(attributes.begin(), attributes.end()));
}

XmlElement XmlElement::first_child() const noexcept {
    return XmlElement(element_from(node_of(node_).first_child()).internal_object());
}

XmlElement XmlElement::next() const noexcept {
    return XmlElement(element_from(node_of(node_).next_sibling()).internal_object());
}

//--- XmlDocument

struct XmlDocument::Tree {
    pugi::xml_document document;
};

XmlDocument::XmlDocument(std::string text, std::string_view file, std::uint64_t first_line)
    : tree_(std::make_unique<Tree>()) {
    const std::size_t start = start_of(text);
    const auto skipped = std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(start), '\n');
    first_line_ = first_line + static_cast<std::uint64_t>(skipped);
    last_line_ = first_line_;
    text.erase(0, start);
    text_ = in_utf8(std::move(text), file, first_line_);
    const auto result = tree_->document.load_buffer(
        text_.data(), text_.size(), pugi::parse_default | pugi::parse_doctype, pugi::encoding_utf8);
    if (result) return;
    throw Error(ErrorCode::bad_xml, std::string("not well-formed: ") + result.description())
        .at(file, line_at(result.offset));
}

XmlDocument::~XmlDocument() = default;

XmlElement XmlDocument::root(std::string_view name) const noexcept {
    XmlElement element(element_from(tree_->document.first_child()).internal_object());
    while (element && element.name() != name) element = element.next();
    return element;
}

std::optional<std::uint64_t> XmlDocument::doctype_line() {
    for (const pugi::xml_node node : tree_->document.children()) {
        if (node.type() == pugi::node_doctype)
            return line_at(static_cast<std::ptrdiff_t>(text_.find("<!DOCTYPE")));
    }
    return std::nullopt;
}

std::uint64_t XmlDocument::line_of(XmlElement element) {
    return line_at(node_of(element.node_).offset_debug());
}

// Counts on from the last place, by find: it looks at many bytes at once.
std::uint64_t XmlDocument::line_at(std::ptrdiff_t place) {
    const auto to = std::clamp<std::ptrdiff_t>(place, 0, static_cast<std::ptrdiff_t>(text_.size()));
    if (to < last_place_) {
        last_place_ = 0;
        last_line_ = first_line_;
    }
    const std::string_view passed = std::string_view(text_).substr(
        static_cast<std::size_t>(last_place_), static_cast<std::size_t>(to - last_place_));
    for (std::size_t at = passed.find('\n'); at != std::string_view::npos; at = passed.find('\n', at + 1))
        ++last_line_;
    last_place_ = to;
    return last_line_;
}

}  // namespace postmoney::detail
