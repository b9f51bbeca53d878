#include "postmoney/export/postgres_export.hpp"

#include <ostream>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/output_folder.hpp"
#include "base/progress_meter.hpp"
#include "export/postgres_check.hpp"
#include "export/postgres_distribution.hpp"
#include "export/postgres_increment.hpp"
#include "export/postgres_rows.hpp"
#include "export/postgres_schema.hpp"

namespace postmoney {

namespace {

using namespace detail;

constexpr std::string_view load_head =
    "-- psql -X -d DSN -f load.sql: loads the rows beside it in one transaction, and checks them.\n"
    "\\set ON_ERROR_STOP on\n"
    "\\set VERBOSITY terse\n"
    "SET client_encoding = 'UTF8';\n"
    "BEGIN;\n"
    "SET LOCAL client_min_messages = warning;\n"
    "SET LOCAL maintenance_work_mem = '256MB';\n"
    "SET LOCAL work_mem = '64MB';\n";
constexpr std::string_view in_schema = "SET LOCAL search_path = postmoney, pg_temp;\n";

[[nodiscard]] std::string load_all_script() {
    return std::string(load_head) +
           "\\if :{?replace}\n"
           "DROP SCHEMA IF EXISTS postmoney CASCADE;\n"
           "\\endif\n"
           "CREATE SCHEMA postmoney;\n" +
           std::string(in_schema) +
           "\\ir schema.sql\n"
           "\\if :{?citus}\n"
           "\\ir distribute.sql\n"
           "\\endif\n"
           "\\ir rows.sql\n"
           "\\ir keys.sql\n"
           "\\ir check.sql\n"
           "COMMIT;\n";
}

[[nodiscard]] std::string load_since_script(const std::string& start) {
    return std::string(load_head) + std::string(in_schema) +
           "DO $$ BEGIN PERFORM pg_advisory_xact_lock(1347243609); END $$;  -- one load at a time\n" + start +
           "\\ir rows.sql\n"
           "\\ir check.sql\n"
           "COMMIT;\n";
}

[[nodiscard]] std::string schema_script(const PostgresSchema& schema) {
    std::string script = "-- The tables, under the names of the file.\n" + std::string(postgres_functions());
    for (const PostgresTable& table : schema.tables) {
        script += "CREATE TABLE " + table.name + " (";
        for (const std::string& item : table.items)
            script += (&item == table.items.data() ? "\n    " : ",\n    ") + item;
        script += "\n);\n";
    }
    return script;
}

[[nodiscard]] std::string keys_script(const PostgresSchema& schema) {
    std::string script = "-- What is quicker to make when the rows are there; and the views.\n";
    for (const PostgresTable& table : schema.tables) {
        for (const std::string& key : table.keys)
            script += "ALTER TABLE " + table.name + " ADD " + key + ";\n";
    }
    script += "-- The ledger has checked these; references.sql has PostgreSQL look again.\n";
    for (const PostgresTable& table : schema.tables) {
        for (const std::string& key : foreign_keys(schema, table))
            script += "ALTER TABLE " + table.name + " ADD CONSTRAINT " + key + " NOT VALID;\n";
    }
    for (const std::string& index : schema.indexes) script += index + ";\n";
    for (const std::string& view : schema.views) script += view + ";\n";
    for (const PostgresTable& table : schema.tables) script += "ANALYZE " + table.name + ";\n";
    return script;
}

[[nodiscard]] std::string references_script(const PostgresSchema& schema) {
    std::string script =
        "-- psql -X -d DSN -f references.sql: follows every reference of every row.\n"
        "\\set ON_ERROR_STOP on\n"
        "BEGIN;\n" +
        std::string(in_schema);
    for (const PostgresTable& table : schema.tables) {
        for (const std::string& key : foreign_keys(schema, table))
            script +=
                "ALTER TABLE " + table.name + " VALIDATE CONSTRAINT " + key.substr(0, key.find(' ')) + ";\n";
    }
    return script + "COMMIT;\n";
}

// The columns of a table, but not `home`, which follows the parties that are one.
[[nodiscard]] std::string recorded_columns(const PostgresTable& table) {
    std::string columns;
    for (const std::string& item : table.items) {
        const std::string name = item.substr(0, item.find(' '));
        if (name != "home" && name != "CHECK") columns += (columns.empty() ? "" : ", ") + name;
    }
    return columns;
}

[[nodiscard]] std::string append_only_script(const PostgresSchema& schema) {
    std::string script =
        "-- psql -X -d DSN [-v reader=ROLE] [-v loader=ROLE] -f append_only.sql: what is recorded never "
        "changes.\n"
        "-- A loader may add what is new since a head, and replace what is derived; only the owner replaces "
        "the "
        "whole.\n"
        "\\set ON_ERROR_STOP on\n"
        "BEGIN;\n"
        "SET LOCAL client_min_messages = warning;\n" +
        std::string(in_schema) +
        "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$\n"
        "BEGIN RAISE EXCEPTION 'append-only: % rows never change', TG_TABLE_NAME; END $$;\n";
    std::string recorded;
    std::string placed;
    std::string derived;
    for (const PostgresTable& table : schema.tables) {
        std::string& list = table.append_only ? recorded : derived;
        list += (list.empty() ? "" : ", ") + table.name;
        if (!table.append_only) continue;
        script += "CREATE OR REPLACE TRIGGER " + table.name +
                  "_no_change BEFORE DELETE OR TRUNCATE OR UPDATE OF " + recorded_columns(table) +
                  "\n    ON " + table.name + " FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();\n";
        if (table.lies_by_company()) placed += "GRANT UPDATE (home) ON " + table.name + " TO :\"loader\";\n";
    }
    for (const std::string role : {"reader", "loader"}) {
        script += "\\if :{?" + role + "}\nGRANT USAGE ON SCHEMA postmoney TO :\"" + role +
                  "\";\nGRANT SELECT ON ALL TABLES IN SCHEMA postmoney TO :\"" + role + "\";\n";
        if (role == "loader") {
            script += "GRANT INSERT ON " + recorded + " TO :\"loader\";\n" + placed +
                      "GRANT INSERT, UPDATE, DELETE ON " + derived + " TO :\"loader\";\n";
        }
        script += "\\endif\n";
    }
    return script + "COMMIT;\n";
}

// What a later export is to begin after: the head of the last entry, or none of an empty ledger.
[[nodiscard]] std::string last_head(const Ledger& ledger) {
    const std::vector<std::string> heads =
        first_column(ledger,
                     "SELECT c.id || ':' || e.seq || ':' || lower(hex(e.hash)) FROM entry e JOIN chain c"
                     " ON c.chain = e.chain ORDER BY e.entry DESC LIMIT 1");
    return heads.empty() ? "" : heads.front() + "\n";
}

void write_file(const OutputFolder& folder, std::string_view name, std::string_view text) {
    OutputFile file(folder.file(name));
    file.write(text);
    file.close();
}

void write_schema(const OutputFolder& folder, const PostgresSchema& schema) {
    write_file(folder, "load.sql", load_all_script());
    write_file(folder, "schema.sql", schema_script(schema));
    write_file(folder, "distribute.sql", distribution_script(schema));
    write_file(folder, "keys.sql", keys_script(schema));
    write_file(folder, "references.sql", references_script(schema));
    write_file(folder, "append_only.sql", append_only_script(schema));
}

[[nodiscard]] std::vector<LoadedRows> write_all_rows(const Ledger& ledger,
                                                     std::span<const ShippedTable> tables, OutputFile& file,
                                                     ProgressMeter& meter) {
    const Homes homes(ledger);
    CopyWriter writer(ledger, homes, file);
    std::vector<LoadedRows> rows;
    std::uint64_t count = 0;
    for (const ShippedTable& table : tables) {
        rows.push_back({.table = &table, .tally = writer.copy(table, table.there.name, "")});
        count += static_cast<std::uint64_t>(rows.back().tally.rows());
        meter.at(rows.size(), count);
    }
    return rows;
}

}  // namespace

PostgresExportReport export_postgres(const Ledger& ledger, const std::filesystem::path& folder,
                                     const PostgresExportOptions& options) {
    OutputFolder output(folder);
    PostgresExportReport report;
    ledger.at_one_moment([&] {
        const PostgresSchema schema = current_postgres_schema();
        const std::vector<ShippedTable> tables = shipped_tables(ledger, schema);
        const Increment since = options.since ? increment_since(ledger, *options.since) : Increment();
        ProgressMeter meter(options.progress, "tables", tables.size());
        OutputFile file(output.file("rows.sql"));
        const std::vector<LoadedRows> rows = options.since ? write_increment(ledger, tables, since, file)
                                                           : write_all_rows(ledger, tables, file, meter);
        file.close();
        for (const LoadedRows& loaded : rows) {
            report.rows += loaded.tally.rows();
            if (loaded.table->there.name == "entry") report.entries = loaded.tally.rows();
        }
        write_file(output, "check.sql", check_of_rows(ledger, rows, since.entry));
        write_file(output, "head.txt", last_head(ledger));
        if (options.since) {
            write_file(output, "load.sql", load_since_script(check_of_start(ledger, since.entry)));
        } else {
            write_schema(output, schema);
        }
        meter.finish();
    });
    output.finish();
    return report;
}

void write_postgres_check(const Ledger& ledger, std::ostream& out) {
    ledger.at_one_moment([&] {
        const std::vector<ShippedTable> tables = shipped_tables(ledger, current_postgres_schema());
        out << "\\set ON_ERROR_STOP on\n\\set VERBOSITY terse\nBEGIN READ ONLY;\n"
            << "SET LOCAL work_mem = '64MB';\n"
            << in_schema << check_of_rows(ledger, rows_of_file(ledger, tables)) << "COMMIT;\n";
    });
    out.flush();
    if (!out) throw Error(ErrorCode::io, "the checks cannot be written to the end");
}

}  // namespace postmoney
