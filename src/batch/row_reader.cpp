// SPDX-License-Identifier: MIT
#include "attune/rows.hpp"

#include "batch/row_decoder.hpp"

namespace attune {

RowReader::RowReader(const Questionnaire& questionnaire, std::size_t form, RowOptions options)
    : decoder_(options.format == RowFormat::jsonl
                   ? detail::make_json_decoder(questionnaire, form, std::move(options))
                   : detail::make_csv_decoder(questionnaire, form, std::move(options))) {}

RowReader::~RowReader() = default;
RowReader::RowReader(RowReader&&) noexcept = default;

Result<std::size_t> RowReader::read(std::string_view bytes, InputEnd ending, RowSink& sink) {
  return decoder_->read(bytes, ending, sink);
}

const std::vector<RowProblem>& RowReader::problems() const { return decoder_->problems(); }
std::size_t RowReader::problem_count() const { return decoder_->problem_count(); }
std::size_t RowReader::row_count() const { return decoder_->row_count(); }
bool RowReader::has_stopped() const { return decoder_->has_stopped(); }
std::vector<std::string> RowReader::absent_columns() const { return decoder_->absent_columns(); }

}  // namespace attune
