// The elements of an XML text, and the line that each begins on.
#include "base/xml/xml_document.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "../refusal.hpp"

using postmoney::detail::XmlDocument;
using postmoney::detail::XmlElement;
using postmoney::test::refusal;

namespace {

// One line an element: its name, its line and its text.
std::string children_of(XmlDocument& document, XmlElement parent) {
    std::string text;
    for (XmlElement child = parent.first_child(); child; child = child.next()) {
        text += std::string(child.name()) + " " + std::to_string(document.line_of(child)) + " " +
                std::string(child.text()) + "\n";
    }
    return text;
}

}  // namespace

TEST_CASE("elements come in their order, with their lines in the file; what is between them is passed over") {
    XmlDocument document(
        "\n\xEF\xBB\xBF<?xml version=\"1.0\"?>\n<!-- <a/> --><top>text\n<a>1</a><?p?>\n<b><c> "
        "2\n</c></b><a><![CDATA[<3>]]></a>"
        "<d/></top>",
        "file.xml", 10);
    CHECK(document.first_line() == 11);
    const XmlElement top = document.root("top");
    CHECK(children_of(document, top) == "a 13 1\nb 14 \na 15 <3>\nd 15 \n");
    CHECK(children_of(document, top.first_child().next()) ==
          "c 14  2\n\n");  // lines before those asked for last
    CHECK(document.line_of(top) == 12);
    CHECK(!document.doctype_line());
}

TEST_CASE("an element that is not there has no name, no text and nothing in it") {
    const XmlDocument document("<top/>", "file.xml", 1);
    const XmlElement none = document.root("other");
    CHECK(!none);
    CHECK(!none.first_child());
    CHECK(!none.next());
    CHECK(none.name().empty());
    CHECK(none.text().empty());
}

TEST_CASE("a DOCTYPE is told of, and what it declares is not expanded") {
    XmlDocument document("<?xml version=\"1.0\"?>\n<!DOCTYPE top [<!ENTITY e \"more\">]>\n<top>&e;</top>",
                         "file.xml", 1);
    CHECK(document.doctype_line() == 2);
    CHECK(document.root("top").text() == "&e;");
}

TEST_CASE("what no conforming parser takes is refused: control characters and unknown entities") {
    const auto read = [](const std::string& content) {
        return refusal([&] { const XmlDocument document("<a>\n" + content + "</a>", "file.xml", 1); });
    };
    const std::string expected =
        R"(", expected &amp;, &lt;, &gt;, &quot;, &apos; or a character's number [bad-xml])";
    for (const std::string bad :
         {"&eacute;", "&nbsp;", "&#0;", "&#x8;", "&#xD800;", "&#x110000;", "&#xZ;", "&;"})
        CHECK(read(bad) == "file.xml:2: got \"" + bad + expected);
    CHECK(read("R&D") == "file.xml:2: got \"&D<" + expected);
    CHECK(read("\x08").starts_with("file.xml:2: got "));
    CHECK(read("\x08").ends_with("expected no control character [bad-xml]"));
    for (const std::string good : {"&amp;&lt;&gt;&quot;&apos;", "&#233;&#xE9;&#x1F600;&#9;",
                                   "<![CDATA[R&D]]>", "<!-- R&D -->x", "\t\r\n"})
        CHECK(read(good) == "no refusal");
}

TEST_CASE("what stands outside of the one outermost element is refused, but comments and white space") {
    const auto read = [](const std::string& text) {
        return refusal([&] { const XmlDocument document(text, "file.xml", 1); });
    };
    const std::string message = "not well-formed: something behind or before the outermost element [bad-xml]";
    CHECK(read("<a/>\n<a/>") == "file.xml:2: " + message);
    CHECK(read("<a/>\nmore") == "file.xml:1: " + message);
    CHECK(read("more<a/>") == "file.xml:1: " + message);
    CHECK(read("<!-- a -->") == "file.xml:1: not well-formed: No document element found [bad-xml]");
    CHECK(read("<?xml version='1.0'?>\n<!-- a -->\n<a/>\n<!-- b --><?c d?>\n") == "no refusal");
}

TEST_CASE("encodings: UTF-8, US-ASCII and Latin-1 are read, others refused") {
    const auto text_in = [](const std::string& encoding, const std::string& text) {
        const XmlDocument document("<?xml version=\"1.0\" encoding='" + encoding + "'?><t>" + text + "</t>",
                                   "file.xml", 1);
        return std::string(document.root("t").text());
    };
    CHECK(text_in("utf-8", "\xC3\xA9") == "\xC3\xA9");
    CHECK(text_in("us-ascii", "e") == "e");
    CHECK(text_in("iso-8859-1", "\xE9") == "\xC3\xA9");
    CHECK(refusal([&] { static_cast<void>(text_in("utf-8", "\xE9")); }) ==
          "file.xml:1: is no valid UTF-8 [bad-text]");
    CHECK(refusal([&] { static_cast<void>(text_in("utf-7", "e")); }) ==
          "file.xml:1: got \"UTF-7\", expected the encoding UTF-8, US-ASCII or ISO-8859-1 [bad-xml]");
    CHECK(refusal([] { const XmlDocument document("\n<a>\n<b></a>", "file.xml", 1); }) ==
          "file.xml:3: not well-formed: Start-end tags mismatch [bad-xml]");
}
