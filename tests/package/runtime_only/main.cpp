// Scores one record by a rulebook from a file, alone and in a run over a data set of one.
#include <iostream>

#include <rulebook/rulebook.hpp>

namespace {

namespace single = rulebook::single;
using rulebook::plan::Value;

constexpr std::int64_t kNow = 1'790'000'000'000'000; // in 2026
constexpr std::int64_t kEmployees = 800;

double points(std::int64_t hundredths) {
    return static_cast<double>(hundredths) / 100;
}

double of_run(const rulebook::plan::Plan& plan) {
    rulebook::data::DatasetBuilder builder(plan.schema, {});
    rulebook::data::RecordValues record;
    record.fields.resize(plan.schema.root_entity().fields.size());
    record.fields[*plan.schema.root_entity().field_named("id")] = Value::of(std::string("a1"));
    record.fields[*plan.schema.root_entity().field_named("employees")] = Value::of(kEmployees);
    if (!builder.add("accounts", record))
        return -1;
    rulebook::engine::RunOptions options;
    options.as_of = kNow;
    const auto results = rulebook::engine::run(plan, builder.finish(), options);
    return results ? points(results->fits.at(0).score.at(0)) : -1;
}

} // namespace

int main(int count, char** arguments) {
    if (count != 2)
        return 2;
    auto library = rulebook::native::load_rulebook(arguments[1]);
    if (!library) {
        std::cerr << library.error().code << ": " << library.error().message << '\n';
        return 2;
    }
    const auto rulebook = single::Rulebook::make(*std::move(library));
    if (!rulebook)
        return 2;
    single::Scorer scorer(*rulebook);
    scorer.record().set_integer(*(*rulebook)->field("employees"), kEmployees);
    scorer.evaluate(kNow);
    std::cout << points(scorer.fit(*(*rulebook)->rule("size_fit"))->score) << " points, "
              << (scorer.was_direct() ? "native code" : "interpreted") << "; in a run "
              << of_run((*rulebook)->plan()) << '\n';
}
