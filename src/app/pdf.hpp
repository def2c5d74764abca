// SPDX-License-Identifier: MIT
#pragma once

/// PDF, made of a page of HTML by a program that is installed. The page reaches that program
/// through memory or a folder of the person's own, never through its arguments.

#include <filesystem>
#include <string>
#include <string_view>

#include "attune/result.hpp"

namespace attune {

/// A program that prints HTML as PDF.
struct PdfConverter {
  enum class Kind { chromium, weasyprint };
  Kind kind = Kind::chromium;
  std::filesystem::path program;  ///< absolute
};

/// The first that is there: Chromium or Chrome, then WeasyPrint, in the folders of `path` (as PATH
/// names them; those that depend on where one is are passed over). Error: not_found, which names
/// both and the way without either.
[[nodiscard]] Result<PdfConverter> find_pdf_converter(std::string_view path);

/// The bytes of a PDF of `html`; by WeasyPrint with numbers in the place of pictures. Chromium
/// reads and writes files only: they are in a folder of their own below `private_place`, 0700,
/// which is gone afterwards. Errors: io, with the last line that the program said; cannot_create.
[[nodiscard]] Result<std::string> pdf_of(const PdfConverter& converter, std::string_view html,
                                         const std::filesystem::path& private_place);

}  // namespace attune
