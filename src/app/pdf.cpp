// SPDX-License-Identifier: MIT
#include "app/pdf.hpp"

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <fmt/format.h>
#include <optional>
#include <system_error>
#include <unistd.h>
#include <utility>
#include <vector>

#include "app/child_program.hpp"
#include "app/streams.hpp"
#include "store/file_descriptor.hpp"
#include "store/file_error.hpp"

namespace attune {
namespace {

using Kind = PdfConverter::Kind;

constexpr std::size_t most_pdf_bytes = 67'108'864;

struct Candidate {
  Kind kind;
  std::string_view name;
};
// Chromium first: WeasyPrint would be the quieter guest, as it reads and writes pipes, but it draws
// none of the colours that a page gives its pictures, and half of their places wrongly (measured
// with 57.2): a plane comes out as a black square.
constexpr Candidate candidates[] = {{Kind::chromium, "chromium"},
                                    {Kind::chromium, "chromium-browser"},
                                    {Kind::chromium, "google-chrome"},
                                    {Kind::weasyprint, "weasyprint"}};

// So WeasyPrint is shown the numbers of every picture in the place of it, and facts in two columns.
constexpr const char* weasyprint_style =
    "data:text/css,svg,.legend,.end,.ends,.facets .picture,summary{display:none!important}"
    ".numbers{display:block!important}dt{float:left;clear:left;width:9rem}dd{margin-left:9.5rem}";

// The program of this name in the folders of `path`.
std::optional<std::filesystem::path> find_program(std::string_view path, std::string_view name) {
  while (!path.empty()) {
    const std::size_t end = path.find(':');
    const std::filesystem::path folder(path.substr(0, end));
    path.remove_prefix(end == std::string_view::npos ? path.size() : end + 1);
    if (!folder.is_absolute()) continue;
    std::filesystem::path program = folder / name;
    std::error_code ignored;
    if (std::filesystem::is_regular_file(program, ignored) && access(program.c_str(), X_OK) == 0) {
      return program;
    }
  }
  return {};
}

// A folder for this one page, for the person alone, gone at the end.
class PrivateFolder {
 public:
  [[nodiscard]] static Result<PrivateFolder> create(const std::filesystem::path& place) {
    std::string name = (place / "attune-XXXXXX").native();
    if (mkdtemp(name.data()) == nullptr) {
      return Error{
          ErrorKind::cannot_create,
          fmt::format("no folder can be made here for the page: {}", detail::reason_of(errno)),
          place.native(),
          {}};
    }
    return PrivateFolder(std::move(name));
  }
  PrivateFolder(PrivateFolder&& other) noexcept : path_(std::exchange(other.path_, {})) {}
  PrivateFolder& operator=(PrivateFolder&&) = delete;
  ~PrivateFolder() {
    std::error_code ignored;
    if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
  }
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  explicit PrivateFolder(std::string path) : path_(std::move(path)) {}
  std::filesystem::path path_;
};

Error not_written(const std::filesystem::path& file) {
  return {ErrorKind::io,
          fmt::format("can't be written: {}", detail::reason_of(errno)),
          file.native(),
          {}};
}

Result<void> write_page(const std::filesystem::path& file, std::string_view html) {
  constexpr mode_t owner_only = 0600;
  const int descriptor = open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, owner_only);
  if (descriptor < 0) return not_written(file);
  Output output(descriptor);
  output.write(html);
  const bool is_written = output.flush();
  errno = output.error();
  const bool is_closed = close(descriptor) == 0;
  if (!is_written || !is_closed) return not_written(file);
  return {};
}

std::string last_line(std::string text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.pop_back();
  const std::size_t before = text.rfind('\n');
  return before == std::string::npos ? text : text.substr(before + 1);
}

constexpr const char* way_without = "-o FILE.html writes the page; every browser prints it";

Error failed(const PdfConverter& converter, const Finished& finished) {
  Error error{ErrorKind::io,
              fmt::format("made no PDF (exit status {})", finished.status),
              converter.program.native(),
              {way_without}};
  const std::string said = last_line(finished.err);
  if (!said.empty()) error.advice.insert(error.advice.begin(), "it says: " + said);
  return error;
}

bool is_pdf(std::string_view bytes) { return bytes.starts_with("%PDF-"); }

Result<Finished> run_weasyprint(const PdfConverter& converter, std::string_view html) {
  return run_program({converter.program.native(), "--quiet", "--encoding", "utf-8", "--stylesheet",
                      weasyprint_style, "-", "-"},
                     html);
}

// What keeps a browser from everything but this page: no names are looked up, nothing is reported,
// updated or synchronised, and no earlier profile is read. As root it refuses to start with its
// sandbox; the page has no script and nothing foreign in it, so it may do without.
std::vector<std::string> chromium_words(const PdfConverter& converter,
                                        const std::filesystem::path& folder) {
  std::vector<std::string> words{converter.program.native(),
                                 "--headless",
                                 "--disable-gpu",
                                 "--no-first-run",
                                 "--no-default-browser-check",
                                 "--disable-background-networking",
                                 "--disable-component-update",
                                 "--disable-default-apps",
                                 "--disable-domain-reliability",
                                 "--disable-sync",
                                 "--disable-extensions",
                                 "--disable-breakpad",
                                 "--disable-crash-reporter",
                                 "--disable-client-side-phishing-detection",
                                 "--metrics-recording-only",
                                 "--no-pings",
                                 "--no-proxy-server",
                                 "--host-resolver-rules=MAP * ~NOTFOUND",
                                 "--no-pdf-header-footer"};
  if (geteuid() == 0) words.emplace_back("--no-sandbox");
  words.push_back("--user-data-dir=" + (folder / "profile").native());
  words.push_back("--print-to-pdf=" + (folder / "page.pdf").native());
  words.push_back((folder / "page.html").native());
  return words;
}

std::vector<std::string> chromium_variables(const std::filesystem::path& folder) {
  std::vector<std::string> variables{"DBUS_SESSION_BUS_ADDRESS=disabled:"};
  for (const char* name : {"HOME", "TMPDIR", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME",
                           "XDG_RUNTIME_DIR"}) {
    variables.push_back(fmt::format("{}={}", name, folder.native()));
  }
  return variables;
}

// The PDF takes the place of what the program wrote on its standard output.
Result<Finished> run_chromium(const PdfConverter& converter, std::string_view html,
                              const std::filesystem::path& place) {
  const Result<PrivateFolder> folder = PrivateFolder::create(place);
  if (!folder) return folder.error();
  const std::filesystem::path& path = folder->path();
  if (Result<void> written = write_page(path / "page.html", html); !written) return written.error();
  Result<Finished> finished =
      run_program(chromium_words(converter, path), {}, chromium_variables(path));
  if (!finished) return finished;
  finished->out.clear();
  const detail::FileDescriptor pdf(path / "page.pdf", O_RDONLY);
  if (!pdf.is_open()) return finished;
  Result<std::string> bytes = read_all(pdf.number(), most_pdf_bytes);
  if (!bytes) return bytes.error();
  finished->out = *std::move(bytes);
  return finished;
}

}  // namespace

Result<PdfConverter> find_pdf_converter(std::string_view path) {
  for (const Candidate& candidate : candidates) {
    if (auto program = find_program(path, candidate.name)) {
      return PdfConverter{candidate.kind, *std::move(program)};
    }
  }
  return Error{ErrorKind::not_found,
               "a PDF is made by Chromium or WeasyPrint, and neither is installed",
               "pdf",
               {way_without}};
}

Result<std::string> pdf_of(const PdfConverter& converter, std::string_view html,
                           const std::filesystem::path& private_place) {
  Result<Finished> finished = converter.kind == Kind::weasyprint
                                  ? run_weasyprint(converter, html)
                                  : run_chromium(converter, html, private_place);
  if (!finished) return finished.error();
  // It was meant for this program as well, which has nothing left to put away now.
  if (finished->told_to_end != 0) raise(finished->told_to_end);
  if (finished->status != 0 || !is_pdf(finished->out)) return failed(converter, *finished);
  return std::move(finished->out);
}

}  // namespace attune
