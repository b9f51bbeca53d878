// A full disk, made by RLIMIT_FSIZE or by a file system of 1 MiB, gives one clear error. Nothing is recorded
// in part, and the ledger goes on when there is room again. tests/crash/disk_error_test.cpp lets every single
// call fail.
#include <doctest/doctest.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/resource.h>

#include <csignal>

#include "fixtures.hpp"
#include "form_d_generator.hpp"

using namespace store_test;

namespace {

// Keeps files from growing beyond this size as long as it lives.
class FullDisk {
  public:
    explicit FullDisk(std::uintmax_t size) : handler_(std::signal(SIGXFSZ, SIG_IGN)) {
        ::getrlimit(RLIMIT_FSIZE, &before_);
        rlimit limit = before_;
        limit.rlim_cur = static_cast<rlim_t>(size);
        ::setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~FullDisk() {
        ::setrlimit(RLIMIT_FSIZE, &before_);
        std::signal(SIGXFSZ, handler_);
    }
    FullDisk(const FullDisk&) = delete;
    FullDisk& operator=(const FullDisk&) = delete;

  private:
    void (*handler_)(int);
    rlimit before_{};
};

// A small file system on a folder, which no other process sees.
class SmallDisk {
  public:
    explicit SmallDisk(std::filesystem::path folder) : folder_(std::move(folder)) {
        mounted_ = ::unshare(CLONE_NEWNS) == 0 &&
                   ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0 &&
                   ::mount("tmpfs", folder_.c_str(), "tmpfs", 0, "size=1m") == 0;
    }
    ~SmallDisk() {
        if (mounted_) ::umount2(folder_.c_str(), MNT_DETACH);
    }
    SmallDisk(const SmallDisk&) = delete;
    SmallDisk& operator=(const SmallDisk&) = delete;

    [[nodiscard]] bool mounted() const noexcept { return mounted_; }
    [[nodiscard]] bool make_room() const {
        return ::mount("tmpfs", folder_.c_str(), "tmpfs", MS_REMOUNT, "size=16m") == 0;
    }

  private:
    std::filesystem::path folder_;
    bool mounted_ = false;
};

std::string large_source(int number) {
    return R"({"kind":"source","id":"s)" + std::to_string(number) + R"(","type":"press","title":")" +
           std::string(50000, 't') + "\"}\n";
}

struct Recorded {
    std::string message;  // of the refusal
    int count = 0;
};

// Records until there is no room, at most 100 entries.
Recorded record_until_refused(Ledger& ledger) {
    Recorded recorded{"no error"};
    while (recorded.message == "no error" && recorded.count < 100) {
        recorded.message = refusal_of(ledger, large_source(recorded.count));
        if (recorded.message == "no error") ++recorded.count;
    }
    return recorded;
}

}  // namespace

TEST_CASE("a full disk refuses the entry, and the ledger goes on when there is room") {
    const TempFolder folder;
    const std::filesystem::path path = folder / "l.db";
    Ledger ledger = Ledger::open(path, options());
    Recorded recorded;
    {
        const FullDisk full(std::filesystem::file_size(path) + 400000);
        recorded = record_until_refused(ledger);
        CHECK(ledger.size() == recorded.count);
    }
    CHECK(recorded.message.ends_with("[io]"));
    CHECK(recorded.count > 0);
    CHECK(recorded.count < 100);
    CHECK(ledger.size() == recorded.count);
    CHECK(refusal_of(ledger, large_source(recorded.count)) == "no error");
    CHECK(ledger.verify().ok);
}

TEST_CASE("a file system that is full refuses the entry, and the ledger goes on when there is room") {
    const TempFolder folder;
    const SmallDisk disk(folder / ".");
    if (!disk.mounted()) {
        MESSAGE("skipped: mounting a file system is not permitted");
        return;
    }
    Ledger ledger = Ledger::open(folder / "l.db", options());
    const Recorded recorded = record_until_refused(ledger);
    CHECK(recorded.message.ends_with("[io]"));
    CHECK(recorded.count < 100);
    CHECK(ledger.size() == recorded.count);
    REQUIRE(disk.make_room());
    CHECK(refusal_of(ledger, large_source(recorded.count)) == "no error");
    CHECK(ledger.verify().ok);
}

TEST_CASE("an import that goes on past bad filings does not go on when the disk is full") {
    // Without this, each later filing would be recorded by itself once SQLite has rolled back.
    const TempFolder folder;
    std::filesystem::create_directory(folder / "filings");
    form_d_generator::write_notices(folder / "filings", form_d_generator::filings({.count = 60, .seed = 7}),
                                    "xml");
    const std::filesystem::path path = folder / "l.db";
    Ledger ledger = Ledger::open(path, options());
    const std::vector<std::filesystem::path> paths{folder / "filings"};
    ImportOptions keep_going;
    keep_going.keep_going = true;
    {
        // SQLite writes pages to the journal at once, but to the file before the commit only when the cache
        // is full.
        const FullDisk full(std::filesystem::file_size(path) + 20000);
        CHECK(
            error_of([&] { static_cast<void>(import_form_d(ledger, paths, keep_going)); }).ends_with("[io]"));
    }
    CHECK(ledger.size() == 0);
    CHECK(import_form_d(ledger, paths, keep_going).imported == 60);
    CHECK(ledger.verify().ok);
}

TEST_CASE("a batch that an error has ended records nothing more") {
    const TempFolder folder;
    const std::filesystem::path path = folder / "l.db";
    Ledger ledger = Ledger::open(path, options());
    const Entry small{.content = Source{.id = "small", .type = SourceType::press}};
    Ledger::Batch batch(ledger);
    CHECK(batch.record(std::span(&small, 1)) == 1);
    batch.commit();
    CHECK(error_of([&] { static_cast<void>(batch.record(std::span(&small, 1))); }) ==
          "the batch was rolled back after an error, or is committed [misuse]");
    CHECK(error_of([&] { batch.commit(); }) ==
          "the batch was rolled back after an error, or is committed [misuse]");
    CHECK(ledger.size() == 1);
}
