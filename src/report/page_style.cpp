// SPDX-License-Identifier: MIT
#include "report/page_style.hpp"

#include <fmt/format.h>
#include <string_view>

#include "report/markup.hpp"
#include "report/palette.hpp"

namespace attune::detail {
namespace {

constexpr std::string_view words_style =
    "*{box-sizing:border-box}"
    "body{margin:0;background:$paper;color:$ink;"
    "font:1rem/1.6 system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif;"
    "overflow-wrap:break-word}"
    ".date{white-space:nowrap}"
    "main{max-width:44rem;margin:0 auto;padding:2rem 1rem 4rem;container-type:inline-size}"
    "h1,h2,h3{line-height:1.25;text-wrap:balance}"
    "h1{font-size:1.9rem;margin:0 0 .75rem}"
    "h2{font-size:1.35rem;margin:3rem 0 .75rem;padding-top:1rem;border-top:1px solid $grid}"
    "h3{font-size:1.1rem;margin:1.75rem 0 .4rem}"
    "p,ul,dl,figure,table,details{margin:.75rem 0}"
    "ul{padding-left:1.25rem}"
    ".quiet,.value-note{color:$quiet}"
    ".caution{background:$tint;border-left:.25rem solid $line;padding:.6rem .9rem}"
    "dl{display:grid;grid-template-columns:fit-content(38%) minmax(0,1fr);gap:.2rem 1.25rem}"
    "dt{color:$quiet}dd{margin:0}";

constexpr std::string_view figures_style =
    "figure{padding:0}"
    "svg{display:block;overflow:visible}"
    ".drawing{font-size:.875rem}"
    "figure.ruler{margin:2rem 0 .75rem}"
    "figcaption b,.name{font-weight:600}"
    ".value{color:$accent;font-weight:600;white-space:nowrap;margin:0 .4rem}"
    ".ends{display:flex;justify-content:space-between;gap:1.5rem;color:$quiet;font-size:.875rem}"
    ".ends span:last-child{text-align:right}"
    ".end{color:$quiet;font-size:.875rem;margin:.2rem 0}"
    ".plane{max-width:36rem;margin-top:1.25rem}"
    ".legend{list-style:none;padding:0;margin:.5rem 0;display:flex;flex-wrap:wrap;"
    "gap:.3rem 1.5rem;color:$quiet;font-size:.875rem}"
    ".legend li{display:flex;align-items:center;gap:.5rem}"
    ".legend svg{flex:none;width:1.8em;height:1em}"
    "summary{cursor:pointer;color:$accent;font-size:.875rem;padding:.3rem 0}";

constexpr std::string_view tables_style =
    "table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}"
    "th{font-weight:600;text-align:left}"
    "th,td{padding:.4rem .75rem .4rem 0;border-bottom:1px solid $grid;vertical-align:top}"
    ".number{text-align:right}"
    "td.number{white-space:nowrap}"
    ".facets td,.facets th{vertical-align:middle}"
    ".facets{table-layout:fixed}"
    ".facets .picture{width:36%;padding-right:1.25rem}"
    ".facets .number{width:6rem;padding-right:1.25rem}"
    ".small{width:7em;height:1.4em;font-size:.875rem}"
    "tbody th{font-weight:400}"
    "details table{font-size:.875rem}"
    "@container (max-width:34rem){"
    ".wide thead,.facets thead{position:absolute;width:1px;height:1px;overflow:hidden;"
    "clip-path:inset(50%)}"
    ".wide,.wide tbody,.wide tr,.wide th,.wide td,"
    ".facets,.facets tbody,.facets tr,.facets th,.facets td{display:block;border:0;padding:0;"
    "text-align:left;width:auto}"
    ".wide tr,.facets tr{border-bottom:1px solid $grid;padding:.6rem 0}"
    ".wide td.number{white-space:normal}"
    ".wide td::before{content:attr(data-label);color:$quiet;margin-right:.5rem}"
    ".wide td:empty{display:none}"
    ".wide tbody th{font-weight:600}"
    ".facets tr{display:grid;grid-template-columns:1fr auto;column-gap:1rem}"
    ".facets .picture{grid-column:1/3;grid-row:2;padding:.4rem 0;width:auto}"
    ".facets .number{width:auto;padding:0}"
    ".facets .meaning{grid-column:1/3;grid-row:3;color:$quiet}"
    "}";

constexpr std::string_view steps_style =
    ".step{margin:1.75rem 0}"
    ".step h3{margin-bottom:.2rem}"
    ".size{color:$quiet;font-weight:400;white-space:nowrap}"
    ".room{color:$quiet;font-size:.875rem;margin-top:.75rem}"
    ".room i{display:block;height:2.1rem;border-bottom:1px solid $line}"
    "@page{margin:18mm 16mm}"
    "@media print{"
    "body{font-size:10.5pt;line-height:1.5}"
    "main{max-width:none;padding:0}"
    "h2{margin-top:2rem;break-after:avoid}"
    "h3,figcaption,.announcing{break-after:avoid}"
    "figure,tr,.step,.legend,dl,.short{break-inside:avoid}"
    "h2+p,h3+p,p:has(+table){break-after:avoid}"
    ".numbers:not([open]){display:none}"
    "svg,.section,.band{print-color-adjust:exact;-webkit-print-color-adjust:exact}"
    "}";

// Paper is always light.
std::string colour_variables() {
  std::string light;
  std::string dark;
  for (const Colours& colours : palette) {
    light += fmt::format("--{}:{};", colours.name, colours.light);
    dark += fmt::format("--{}:{};", colours.name, colours.dark);
  }
  return fmt::format(
      ":root{{color-scheme:light dark;{}}}"
      "@media screen and (prefers-color-scheme:dark){{:root{{{}}}}}",
      light, dark);
}

}  // namespace

std::string page_style() {
  std::string style = colour_variables();
  for (const std::string_view part :
       {words_style, figures_style, picture_style, tables_style, steps_style}) {
    style += with_colours(part, ColourNames::variables);
  }
  return style;
}

}  // namespace attune::detail
