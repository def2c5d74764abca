# SPDX-License-Identifier: MIT
"""The mutants are those that a person would think of, and the list of equivalent ones is kept honest."""

import unittest

from cpp_tokens import tokens_of
from equivalents import Equivalents
from mutations import mutants_of


def changes(source):
    return [mutant.change for mutant in mutants_of(source)]


class Mutations(unittest.TestCase):
    def test_each_kind_of_mistake(self):
        for source, expected in (
            ("bool f() { return a < b; }", ["< → <=", "< → >="]),
            ("bool f() { return a == b && c; }", ["== → !=", "&& → ||"]),
            ("int f() { return a * b - c; }", ["* → /", "- → +"]),
            ("int f() { return -a; }", ["- → nothing"]),
            ("bool f() { return !a; }", ["! → nothing"]),
            ("int f() { return 3'600; }", ["3'600 → 3599", "3'600 → 3601"]),
            ("double f() { return 1.5; }", ["1.5 → 0.5", "1.5 → 2.5"]),
            ("int f() { return std::max(a, b); }", ["max → min"]),
            ("auto f() { return points.front(); }", ["front → back"]),
            ("bool f() { return true; }", ["true → false"]),
            ("int f() { if (is_odd) return a; }", ["is_odd → !(is_odd)"]),
            ("int f() { return is_odd ? a : b; }", ["is_odd → !is_odd"]),
            ("int f() { return point.is_odd ? a : b; }", ["point.is_odd → !point.is_odd"]),
            ("void f() { sum += part; }", ["sum += part → nothing", "+= → -="]),
            ("void f() { ++count; }", ["++ → --", "++count → nothing"]),
            ("void f() { for (auto& each : all) { add(each); } }", ["add(each) → nothing"]),
            ("void f() { while (go) continue; }", ["continue → nothing"]),
        ):
            with self.subTest(source):
                self.assertEqual(changes(source), expected)

    def test_what_is_no_operator_stays(self):
        for source in (
            "#include <vector>",
            "#define DOUBLE(x) \\\n  (2 * x)",
            "// a < b, 5 and !c",
            "/* a < b\n 5 */",
            'const char* f() { return "a < 5"; }',
            'const char* f() { return R"(a < 5 ")"; }',
            "char f() { return '5'; }",
            "std::vector<double> f(const double& a, T&& b, char* c);",
            "void f() { double sum; Sums sums(other); }",
        ):
            with self.subTest(source):
                self.assertEqual(changes(source), [])

    def test_a_mutant_differs_in_its_place_alone(self):
        source = "bool f() {\n  return a < b;\n}\n"
        mutant = mutants_of(source)[0]
        self.assertEqual((mutant.line, mutant.applied_to(source)), (2, "bool f() {\n  return a <= b;\n}\n"))

    def test_no_two_mutants_are_the_same_text(self):
        source = "int f() { if (!a || b < 3) { g(-1); } return a ? 0 : std::min(b, 1U); }"
        texts = [mutant.applied_to(source) for mutant in mutants_of(source)]
        self.assertGreater(len(texts), 10)
        self.assertEqual(len(set(texts)), len(texts))

    def test_an_unknown_character_is_an_error(self):
        with self.assertRaises(ValueError):
            tokens_of('f("never closed')


class Equivalent(unittest.TestCase):
    SOURCE = "bool f() { return a < b; }\n"

    def problems(self, outcome, **changed):
        entry = {"file": "x.cpp", "line": self.SOURCE.strip(), "change": "< → <=", "reason": "a is never b", **changed}
        listed = Equivalents([entry], {"x.cpp": self.SOURCE})
        return listed.problems([(("x.cpp", mutants_of(self.SOURCE)[0]), outcome)])

    def test_one_that_survives_is_right(self):
        self.assertEqual(self.problems("survived"), [])

    def test_one_that_is_killed_is_a_mistake(self):
        self.assertEqual(self.problems("killed"), ["x.cpp:1: listed as equivalent, but killed: < → <="])

    def test_one_without_a_reason_is_a_mistake(self):
        self.assertEqual(self.problems("survived", reason=" "), ["x.cpp: no reason is given for < → <="])

    def test_one_whose_line_is_gone_is_a_mistake(self):
        self.assertIn("there is no line: gone", self.problems("survived", line="gone")[0])


if __name__ == "__main__":
    unittest.main()
