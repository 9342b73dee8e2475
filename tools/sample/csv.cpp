#include "tools/sample/csv.hpp"

#include "runtime/value/calendar.hpp"
#include "runtime/value/calendar_text.hpp"
#include "runtime/value/decimal.hpp"

namespace rulebook::sample {

namespace {

// Rows of one file. Nothing that is made here needs quotes.
class CsvLines final : public rulec::input::RowSink {
public:
    explicit CsvLines(std::string& text) : text_(text) {}

    void null() override { next(); }
    void text(std::string_view value) override { next().append(value); }
    void integer(std::int64_t value) override { append_int(next(), value); }
    void number(double value) override { append_number(next(), value); }
    void boolean(bool value) override { next().append(value ? "true" : "false"); }
    void decimal(std::int64_t units, int decimals) override {
        append_scaled(next(), units, decimals);
    }
    void percent(std::int64_t millionths) override { append_percent(next(), millionths); }
    void date(std::int32_t days) override { append_date(next(), Date{days}); }
    void time(std::int64_t microseconds) override { append_time(next(), Time{microseconds}); }
    void end_row() {
        text_ += '\n';
        started_ = false;
    }

private:
    std::string& next() {
        if (started_)
            text_ += ',';
        started_ = true;
        return text_;
    }

    std::string& text_;
    bool started_ = false;
};

} // namespace

CsvTexts csv_heads() {
    CsvTexts texts;
    for (std::size_t table = 0; table < kTableCount; ++table) {
        CsvLines line(texts[table]);
        for (const auto& column : sample_tables()[table].columns)
            line.text(column.name);
        line.end_row();
    }
    return texts;
}

void append_company(CsvTexts& texts, const Company& company) {
    for (std::size_t table = 0; table < kTableCount; ++table) {
        const SampleTable& described = sample_tables()[table];
        CsvLines lines(texts[table]);
        for (std::size_t row = 0; row < described.rows(company); ++row) {
            described.write(company, row, lines);
            lines.end_row();
        }
    }
}

} // namespace rulebook::sample
