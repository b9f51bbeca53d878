// SimulatedDisk: a disk in memory, as an SQLite VFS. It logs every write, truncation, sync, creation and
// removal, so that it can be rebuilt as a loss of power would have left it at any moment. It can also be told
// to fail.
//
// While one exists it is SQLite's default VFS, so the library's own open uses it. Paths are looked up by
// their last part. It has no locks, so it is for one connection at a time.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace fault_test {

enum class DiskCall : std::uint8_t {
    open,
    read,
    write,
    truncate,
    sync,
    remove,
    sync_folder,
    access,
    size,
    lock
};

// One change of the disk, as SQLite asked for it.
struct DiskChange {
    enum class Kind : std::uint8_t { create, write, truncate, sync, remove, sync_folder };
    Kind kind;
    std::string name;        // of create and remove
    std::uint64_t file = 0;  // a file that is created anew under an old name is another one
    std::size_t offset = 0;  // of a write; the new size of a truncation
    std::string bytes = {};
};

// From names to contents.
using DiskImage = std::map<std::string, std::string>;

// Which changes a loss of power keeps of those that no sync had brought to the disk.
enum class Unsynced : std::uint8_t {
    dropped,
    kept,
    scattered  // chance decides on each 512 bytes of a write, each truncation and each folder entry
};

class SimulatedDisk {
  public:
    SimulatedDisk();
    ~SimulatedDisk();
    SimulatedDisk(const SimulatedDisk&) = delete;
    SimulatedDisk& operator=(const SimulatedDisk&) = delete;

    // Starts anew with these files, all of them synced, and an empty log.
    void load(const DiskImage& image);
    [[nodiscard]] DiskImage image() const;
    [[nodiscard]] const std::vector<DiskChange>& log() const { return log_; }
    // The disk after a loss of power at the moment when SQLite had asked for the first `changes` of the log.
    [[nodiscard]] DiskImage after_power_loss(std::size_t changes, Unsynced unsynced,
                                             std::mt19937_64& random) const;

    // Called before each call to the disk; SQLITE_OK lets that happen. A failing write may write its first
    // half.
    std::function<int(DiskCall)> fault;

  private:
    friend struct DiskVfs;
    struct File {
        std::uint64_t number = 0;
        std::string bytes;
        bool logged = true;         // false for a temporary file
        bool folder_synced = true;  // whether the folder is known to hold its name
    };

    int ask(DiskCall call) const { return fault ? fault(call) : SQLITE_OK; }

    std::map<std::string, std::shared_ptr<File>> files_;
    DiskImage loaded_;
    std::vector<DiskChange> log_;
    std::uint64_t next_file_ = 1;
    std::unique_ptr<sqlite3_vfs> vfs_;
    sqlite3_vfs* real_ = nullptr;
};

}  // namespace fault_test
