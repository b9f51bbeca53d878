#include "base/xml/xml_document.hpp"

#include <simdjson.h>

#include <algorithm>
#include <charconv>
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

// White space alone is not in the tree.
[[nodiscard]] bool is_text(pugi::xml_node node) noexcept {
    return node.type() == pugi::node_pcdata || node.type() == pugi::node_cdata;
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

// Whether a reference stands for a character: one of the five that XML names, or the number of one that it
// allows (XML 1.0, 4.1).
[[nodiscard]] bool is_reference(std::string_view name) {
    if (!name.starts_with('#'))
        return name == "amp" || name == "lt" || name == "gt" || name == "quot" || name == "apos";
    const bool hexadecimal = name.size() > 1 && name[1] == 'x';
    const std::string_view digits = name.substr(hexadecimal ? 2 : 1);
    std::uint32_t number = 0;
    const auto end = digits.data() + digits.size();
    const auto read = std::from_chars(digits.data(), end, number, hexadecimal ? 16 : 10);
    if (read.ec != std::errc() || read.ptr != end) return false;
    return number == 0x9 || number == 0xA || number == 0xD || (number >= 0x20 && number < 0xD800) ||
           (number >= 0xE000 && number < 0xFFFE) || (number >= 0x10000 && number <= 0x10FFFF);
}

struct XmlFault {
    std::size_t place;
    Error error;
};

// What pugixml lets pass and XML does not: control characters, and references to what is not declared.
// Comments and CDATA sections hold no references.
[[nodiscard]] std::optional<XmlFault> fault_of(std::string_view xml) {
    const auto is_control = [](char c) {
        return static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r';
    };
    if (const auto at = std::find_if(xml.begin(), xml.end(), is_control); at != xml.end())
        return XmlFault{
            static_cast<std::size_t>(at - xml.begin()),
            Error::refused(ErrorCode::bad_xml, std::string_view(&*at, 1), "no control character")};
    if (xml.find('&') == std::string_view::npos) return std::nullopt;
    for (std::size_t at = xml.find_first_of("&<"); at != std::string_view::npos;
         at = xml.find_first_of("&<", at + 1)) {
        const std::string_view rest = xml.substr(at);
        if (rest.front() == '&') {
            const std::string_view name = rest.substr(1, rest.find_first_of("; \n<&", 1) - 1);
            const bool ended = rest.substr(1 + name.size()).starts_with(';');
            if (!ended || !is_reference(name)) {
                return XmlFault{at,
                                Error::refused(ErrorCode::bad_xml, rest.substr(0, name.size() + 2),
                                               "&amp;, &lt;, &gt;, &quot;, &apos; or a character's number")};
            }
        } else if (rest.starts_with("<!--")) {
            at = std::min(xml.find("-->", at), xml.size());
        } else if (rest.starts_with("<![CDATA[")) {
            at = std::min(xml.find("]]>", at), xml.size());
        }
    }
    return std::nullopt;
}

}  // namespace

//--- XmlElement

std::string_view XmlElement::name() const noexcept {
    return node_of(node_).name();
}

std::string_view XmlElement::text() const noexcept {
    return node_of(node_).text().get();
}

std::optional<std::string> XmlElement::joined_text() const {
    std::size_t parts = 0;
    std::string text;
    for (const pugi::xml_node node : node_of(node_).children()) {
        if (!is_text(node)) continue;
        ++parts;
        text += node.value();
    }
    return parts > 1 ? std::optional(std::move(text)) : std::nullopt;
}

bool XmlElement::has_text() const noexcept {
    const auto children = node_of(node_).children();
    return std::any_of(children.begin(), children.end(), is_text);
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
    const auto refuse = [&](std::string_view what, std::ptrdiff_t place) {
        throw Error(ErrorCode::bad_xml, "not well-formed: " + std::string(what)).at(file, line_at(place));
    };
    // As a fragment, so that what stands outside of the outermost element is not passed over.
    const auto result = tree_->document.load_buffer(
        text_.data(), text_.size(), pugi::parse_default | pugi::parse_doctype | pugi::parse_fragment,
        pugi::encoding_utf8);
    if (!result) refuse(result.description(), result.offset);
    std::size_t outermost = 0;
    for (const pugi::xml_node node : tree_->document.children()) {
        const bool is_element = node.type() == pugi::node_element;
        if (is_text(node) || (is_element && ++outermost > 1))
            refuse("something behind or before the outermost element", node.offset_debug());
    }
    if (outermost == 0) refuse("No document element found", 0);
    if (doctype_line()) return;  // it may declare what is referred to
    if (const auto fault = fault_of(text_))
        throw fault->error.at(file, line_at(static_cast<std::ptrdiff_t>(fault->place)));
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
