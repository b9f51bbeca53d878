"""C++ sources as text, for lint.py: comments, code without them, functions, and the names that a file keeps to itself.

It reads no types and expands no macros: braces, brackets and a few keywords tell enough.
"""
import bisect
import collections
import re

LEXEME = re.compile(r"""
      (?P<comment>//[^\n]*|/\*.*?\*/)
    | (?P<raw>\b(?:u8|[uUL])?R"(?P<mark>[^()\\\s]{0,16})\(.*?\)(?P=mark)")
    | (?P<string>"(?:[^"\\\n]|\\.)*")
    | (?P<number>\b\d(?:'?\w|\.)*)                       # takes the ' of 1'000, which begins no character
    | (?P<char>'(?:[^'\\\n]|\\.)+')
    | (?P<directive>^[ \t]*\#(?:[^\\\n]|\\.)*)
    """, re.VERBOSE | re.DOTALL | re.MULTILINE)
OPENS = {"(": ")", "[": "]", "{": "}"}
# A block follows such words, the return type of a lambda, or the name of a type; other braces hold a list of values.
BEFORE_BLOCK = re.compile(r"\b(else|do|try|mutable|noexcept|const)$|->[\w\s:<>,*&]*$|\b(struct|class|enum)\s[\w\s:]*$")

# Parts of a declaration, once nothing is left between brackets.
NO_NAMES = re.compile(r"\[\[\]?\]?\]?|\b(alignas|decltype|noexcept|requires)\s*\(\)|\btemplate\b")
TYPE_NAME = re.compile(r"[\w\s]*\b(?:struct|class|union|enum(?:\s+class)?)\s+(\w+)\s*(?:final\s*)?(?::(?!:).*)?$",
                       re.DOTALL)
MACRO = re.compile(r"[A-Z][A-Z0-9_]*|\d\w*")

Comment = collections.namedtuple("Comment", "line text")
Function = collections.namedtuple("Function", "name line last rows")  # rows: lines of tables of data within it
Helper = collections.namedtuple("Helper", "name line")


class Source:
    def __init__(self, text):
        self.text = text
        self.starts = [0] + [m.end() for m in re.finditer("\n", text)]
        self.comments = []
        self.words = set()  # of literals and directives
        self.literals = []  # of strings
        self.code = self.without_comments()
        self.functions = []
        self.helpers = []
        self.scan_scope(0, len(self.code), helpers=False)

    def line_of(self, place):
        return bisect.bisect_right(self.starts, place)

    def without_comments(self):
        """The text with comments, literals and directives blanked, so that places stay as they are."""
        code = list(self.text)

        def blank(begin, end):
            for i in range(begin, end):
                if code[i] != "\n":
                    code[i] = " "

        branches = []  # of #if: whether the branch that we are in is the first
        skipped = None
        for match in LEXEME.finditer(self.text):
            kind, (begin, end) = match.lastgroup, match.span()
            kind = "raw" if kind == "mark" else kind
            if kind == "comment":
                self.comments.append(Comment(self.line_of(begin), match.group()))
            elif kind in ("raw", "string", "directive"):
                self.words.update(re.findall(r"\w+", match.group()))
            if kind in ("raw", "string"):
                self.literals.append(Comment(self.line_of(begin), match.group()))
            if kind in ("raw", "string", "char"):
                blank(begin + 1, end - 1)
                code[begin] = code[end - 1] = '"'
            elif kind != "number":
                blank(begin, end)
            if kind == "directive":
                word = re.search(r"#\s*(\w*)", match.group()).group(1)
                if word.startswith("if"):
                    branches.append(True)
                elif word in ("else", "elif") and branches and branches[-1]:
                    branches[-1] = False
                    skipped = end if skipped is None else skipped
                elif word == "endif" and branches:
                    branches.pop()
                    if skipped is not None and all(branches):
                        blank(skipped, begin)  # braces of two branches would count twice
                        skipped = None
        return "".join(code)

    def match_of(self, place):
        """The place of the bracket that closes the one at this place; the end of the code if none does."""
        depth = 0
        for match in re.compile(r"[()\[\]{}]").finditer(self.code, place):
            depth += 1 if match.group() in OPENS else -1
            if depth == 0:
                return match.start()
        return len(self.code)

    def scan_scope(self, begin, end, helpers, in_class=False):
        """The declarations of a namespace or a class. `helpers`: nobody outside the file sees them."""
        head = place = begin
        while place < end:
            char = self.code[place]
            if char in "([":
                place = self.match_of(place)
            elif char == ";":
                self.declaration(head, place, helpers, in_class)
                head = place + 1
            elif char == "{":
                close = self.match_of(place)
                if self.open_brace(head, place, close, helpers, in_class):
                    head = close + 1
                place = close
            elif char == ":" and in_class and re.fullmatch(r"\s*(public|protected|private)\s*", self.code[head:place]):
                head = place + 1
            place += 1

    def open_brace(self, head, place, close, helpers, in_class):
        """Looks into what a brace opens; false if the declaration goes on behind it."""
        text = self.code[head:place]
        namespace = re.search(r"\bnamespace\b([\s\w:]*)$", text)
        if namespace or re.search(r'\bextern\s*"\s*"\s*$', text):
            anonymous = bool(namespace) and not namespace.group(1).strip()
            self.scan_scope(place + 1, close, helpers or anonymous)
            return True
        plain = without_brackets(text)
        kind = re.search(r"\b(class|struct|union|enum)\b", re.sub(r"\btemplate\b", "", plain))
        if kind and "(" not in plain and "=" not in plain:
            self.declaration(head, place, helpers, in_class)
            if kind.group(1) != "enum":
                self.scan_scope(place + 1, close, helpers, in_class=True)
            return True
        if self.is_body(text):
            self.functions.append(self.function(head, place, close))
            self.declaration(head, place, helpers, in_class)
            return True
        lambda_ = re.search(r"=\s*\[", plain)
        if lambda_ and not in_class:
            self.functions.append(self.function(head, place, close))
        return False

    def is_body(self, text):
        """Whether the brace after this text opens a function: not a variable, nor a member that a constructor sets."""
        plain = without_brackets(text)
        assigned = re.search(r"(?<![=!<>])=(?!=)", re.sub(r"operator\S*", "", plain))
        if assigned or not re.search(r"[\w>\]]\s*\(|operator", plain):
            return False
        behind = plain[plain.index("()") + 2:] if "()" in plain else ""
        if re.match(r"\s*(noexcept\(\)|\s)*:(?!:)", behind):  # a constructor: its body follows a closed initialiser
            return bool(re.search(r"[)}]\s*$", text))
        return True

    def function(self, head, place, close):
        first = head + len(self.code[head:place]) - len(self.code[head:place].lstrip())
        name = re.search(r"([\w:~]+)\s*\(|$", self.code[first:place]).group(1) or "lambda"
        line, last = self.line_of(first), self.line_of(close)
        return Function(name, line, last, self.rows_of_tables(place, close))

    def rows_of_tables(self, begin, end):
        """The lines of braced lists of values within a function, but for the first line of each."""
        rows = 0
        place = begin + 1
        while place < end:
            if self.code[place] == "{":
                before = self.code[begin:place].rstrip()
                block = before[-1] in ");{}:]" or BEFORE_BLOCK.search(before)
                if not block:
                    close = self.match_of(place)
                    rows += self.line_of(close) - self.line_of(place)
                    place = close
            place += 1
        return rows

    def declaration(self, head, end, helpers, in_class):
        text = self.code[head:end]
        if in_class:
            return
        plain = without_brackets(text)
        words = set(re.findall(r"\w+", plain))
        constant = {"const", "constexpr"} & words and not {"inline", "extern"} & words
        constant = constant and "(" not in plain.split("=")[0]
        hidden = helpers or "static" in words or constant
        name = name_of(text) if hidden else None
        if name:
            first = head + len(text) - len(text.lstrip())
            self.helpers.append(Helper(name, self.line_of(first)))


def without_brackets(text):
    """The text with nothing between its parentheses, square brackets and braces, nor in the lists of templates."""
    out, depth = [], 0
    for char in text:
        if char in ")]}":
            depth -= 1
        if depth <= 0:
            out.append(char)
        if char in OPENS:
            depth += 1
    text = "".join(out)
    while True:  # innermost first; a comparison has no closing partner
        shorter = re.sub(r"(?<=\w)(\s*)<[^<>(){};=]*>", r"\1", text)
        if shorter == text:
            return text
        text = shorter


def name_of(head):
    """What a declaration names; None for a macro, an operator, or a member that is defined outside its class."""
    plain = NO_NAMES.sub(" ", without_brackets(head))
    plain = re.sub(r"\brequires\b.*?(?=\b(auto|void|bool|struct|class|constexpr|std)\b)", " ", plain).strip()
    named = re.search(r"\b(?:using|concept)\s+(\w+)\s*=", plain) or TYPE_NAME.match(plain)
    if named:
        return named.group(1)
    if re.search(r"\boperator\b|^(using|friend|static_assert|namespace|typedef)\b", plain):
        return None
    declared = re.search(r"(::\s*)?(\b\w+)\s*(?:\(\)|\[\]|=|\{\}|$)", plain)
    if not declared or MACRO.fullmatch(declared.group(2)):
        return None
    of_class = declared.group(1) and "(" in plain.split("=")[0]
    return None if of_class else declared.group(2)
