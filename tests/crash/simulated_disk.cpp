#include "simulated_disk.hpp"

#include <algorithm>
#include <cstring>
#include <set>
#include <stdexcept>

namespace fault_test {

namespace {

std::string last_part(const char* path) {
    const std::string_view whole(path);
    return std::string(whole.substr(whole.rfind('/') + 1));  // npos + 1 is 0
}

// No ledger of these tests is nearly as large, but a damaged journal may ask for terabytes.
constexpr sqlite3_int64 disk_size = 64 << 20;

void write_at(std::string& bytes, std::size_t offset, std::string_view written) {
    if (bytes.size() < offset + written.size()) bytes.resize(offset + written.size(), '\0');
    bytes.replace(offset, written.size(), written);
}

}  // namespace

// The functions that SQLite calls.
struct DiskVfs {
    using File = SimulatedDisk::File;
    struct Handle {
        sqlite3_file base;
        SimulatedDisk* disk;
        std::shared_ptr<File>* file;  // owned; SQLite gives the memory and runs no constructor
        std::string* delete_on_close;
    };

    static Handle& handle(sqlite3_file* file) { return *reinterpret_cast<Handle*>(file); }
    static SimulatedDisk& disk(sqlite3_vfs* vfs) { return *static_cast<SimulatedDisk*>(vfs->pAppData); }

    static int open(sqlite3_vfs* vfs, const char* name, sqlite3_file* out, int flags, int* out_flags) {
        SimulatedDisk& self = disk(vfs);
        out->pMethods = nullptr;
        if (const int failed = self.ask(DiskCall::open); failed != SQLITE_OK) return failed;
        std::shared_ptr<File> file;
        if (name == nullptr) {
            file = std::make_shared<File>();
            file->logged = false;
        } else if (const auto found = self.files_.find(last_part(name)); found != self.files_.end()) {
            file = found->second;
        } else if ((flags & SQLITE_OPEN_CREATE) == 0) {
            return SQLITE_CANTOPEN;
        } else {
            file = std::make_shared<File>();
            file->number = self.next_file_++;
            // Like SQLite's own VFS, the first sync of a new journal also syncs the folder.
            file->folder_synced = (flags & (SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_WAL)) == 0;
            self.files_.emplace(last_part(name), file);
            self.log_.push_back({DiskChange::Kind::create, last_part(name), file->number});
        }
        Handle& opened = handle(out);
        opened.base.pMethods = &methods;
        opened.disk = &self;
        opened.file = new std::shared_ptr<File>(std::move(file));
        opened.delete_on_close = (flags & SQLITE_OPEN_DELETEONCLOSE) != 0 && name != nullptr
                                     ? new std::string(last_part(name))
                                     : nullptr;
        if (out_flags != nullptr) *out_flags = flags;
        return SQLITE_OK;
    }

    static int remove(sqlite3_vfs* vfs, const char* name, int sync_folder) {
        SimulatedDisk& self = disk(vfs);
        if (const int failed = self.ask(DiskCall::remove); failed != SQLITE_OK) return failed;
        const auto found = self.files_.find(last_part(name));
        if (found == self.files_.end()) return SQLITE_IOERR_DELETE_NOENT;
        self.log_.push_back({DiskChange::Kind::remove, found->first, found->second->number});
        self.files_.erase(found);
        if (sync_folder == 0) return SQLITE_OK;
        if (const int failed = self.ask(DiskCall::sync_folder); failed != SQLITE_OK)
            return SQLITE_IOERR_DIR_FSYNC;
        self.log_.push_back({DiskChange::Kind::sync_folder, {}});
        return SQLITE_OK;
    }

    static int access(sqlite3_vfs* vfs, const char* name, int flags, int* result) {
        SimulatedDisk& self = disk(vfs);
        if (const int failed = self.ask(DiskCall::access); failed != SQLITE_OK) return failed;
        const auto found = self.files_.find(last_part(name));
        *result =
            found != self.files_.end() && (flags != SQLITE_ACCESS_EXISTS || !found->second->bytes.empty())
                ? 1
                : 0;
        return SQLITE_OK;
    }

    static int full_path(sqlite3_vfs*, const char* name, int size, char* out) {
        if (std::strlen(name) >= static_cast<std::size_t>(size)) return SQLITE_CANTOPEN;
        std::strcpy(out, name);
        return SQLITE_OK;
    }

    static int close(sqlite3_file* file) {
        Handle& closed = handle(file);
        if (closed.delete_on_close != nullptr) closed.disk->files_.erase(*closed.delete_on_close);
        delete closed.delete_on_close;
        delete closed.file;
        return SQLITE_OK;
    }

    static int read(sqlite3_file* file, void* to, int amount, sqlite3_int64 offset) {
        const Handle& from = handle(file);
        const auto count = static_cast<std::size_t>(amount);
        if (const int failed = from.disk->ask(DiskCall::read); failed != SQLITE_OK) {
            std::memset(to, 0, count);
            return failed;
        }
        const std::string& bytes = (*from.file)->bytes;
        const std::size_t at = std::min(static_cast<std::size_t>(offset), bytes.size());
        const std::size_t there = std::min(count, bytes.size() - at);
        std::memcpy(to, bytes.data() + at, there);
        if (there == count) return SQLITE_OK;
        std::memset(static_cast<char*>(to) + there, 0, count - there);
        return SQLITE_IOERR_SHORT_READ;
    }

    static int write(sqlite3_file* file, const void* from, int amount, sqlite3_int64 offset) {
        const Handle& to = handle(file);
        std::string bytes(static_cast<const char*>(from), static_cast<std::size_t>(amount));
        if (offset + amount > disk_size) return SQLITE_FULL;
        const int failed = to.disk->ask(DiskCall::write);
        if (failed != SQLITE_OK) bytes.resize(bytes.size() / 2);  // part of it got there
        write_at((*to.file)->bytes, static_cast<std::size_t>(offset), bytes);
        if ((*to.file)->logged) {
            to.disk->log_.push_back({DiskChange::Kind::write,
                                     {},
                                     (*to.file)->number,
                                     static_cast<std::size_t>(offset),
                                     std::move(bytes)});
        }
        return failed;
    }

    static int truncate(sqlite3_file* file, sqlite3_int64 size) {
        const Handle& of = handle(file);
        if (size > disk_size) return SQLITE_FULL;
        if (const int failed = of.disk->ask(DiskCall::truncate); failed != SQLITE_OK) return failed;
        (*of.file)->bytes.resize(static_cast<std::size_t>(size), '\0');
        if ((*of.file)->logged) {
            of.disk->log_.push_back(
                {DiskChange::Kind::truncate, {}, (*of.file)->number, static_cast<std::size_t>(size)});
        }
        return SQLITE_OK;
    }

    static int sync(sqlite3_file* file, int) {
        const Handle& of = handle(file);
        if (const int failed = of.disk->ask(DiskCall::sync); failed != SQLITE_OK) return failed;
        if (!(*of.file)->logged) return SQLITE_OK;
        of.disk->log_.push_back({DiskChange::Kind::sync, {}, (*of.file)->number});
        if (!(*of.file)->folder_synced) {
            (*of.file)->folder_synced = true;
            of.disk->log_.push_back({DiskChange::Kind::sync_folder, {}});
        }
        return SQLITE_OK;
    }

    static int size(sqlite3_file* file, sqlite3_int64* result) {
        const Handle& of = handle(file);
        if (const int failed = of.disk->ask(DiskCall::size); failed != SQLITE_OK) return failed;
        *result = static_cast<sqlite3_int64>((*of.file)->bytes.size());
        return SQLITE_OK;
    }

    static int lock(sqlite3_file* file, int) { return handle(file).disk->ask(DiskCall::lock); }
    static int unlock(sqlite3_file*, int) { return SQLITE_OK; }
    static int reserved(sqlite3_file*, int* result) {
        *result = 0;
        return SQLITE_OK;
    }
    static int control(sqlite3_file*, int, void*) { return SQLITE_NOTFOUND; }
    static int sector(sqlite3_file*) { return 512; }
    // As with most file systems, a write leaves the bytes around it alone.
    static int characteristics(sqlite3_file*) { return SQLITE_IOCAP_POWERSAFE_OVERWRITE; }

    static const sqlite3_io_methods methods;
};

const sqlite3_io_methods DiskVfs::methods{1,
                                          DiskVfs::close,
                                          DiskVfs::read,
                                          DiskVfs::write,
                                          DiskVfs::truncate,
                                          DiskVfs::sync,
                                          DiskVfs::size,
                                          DiskVfs::lock,
                                          DiskVfs::unlock,
                                          DiskVfs::reserved,
                                          DiskVfs::control,
                                          DiskVfs::sector,
                                          DiskVfs::characteristics,
                                          nullptr,
                                          nullptr,
                                          nullptr,
                                          nullptr,
                                          nullptr,
                                          nullptr};

SimulatedDisk::SimulatedDisk() : vfs_(std::make_unique<sqlite3_vfs>()) {
    sqlite3_initialize();
    real_ = sqlite3_vfs_find(nullptr);
    *vfs_ = *real_;  // time, randomness and the like
    vfs_->szOsFile = sizeof(DiskVfs::Handle);
    vfs_->pNext = nullptr;
    vfs_->zName = "simulated-disk";
    vfs_->pAppData = this;
    vfs_->xOpen = DiskVfs::open;
    vfs_->xDelete = DiskVfs::remove;
    vfs_->xAccess = DiskVfs::access;
    vfs_->xFullPathname = DiskVfs::full_path;
    if (sqlite3_vfs_register(vfs_.get(), 1) != SQLITE_OK)
        throw std::runtime_error("the disk cannot be registered");
}

SimulatedDisk::~SimulatedDisk() {
    sqlite3_vfs_unregister(vfs_.get());
    sqlite3_vfs_register(real_, 1);
}

void SimulatedDisk::load(const DiskImage& image) {
    files_.clear();
    log_.clear();
    loaded_ = image;
    next_file_ = 1;
    for (const auto& [name, bytes] : image) {
        auto file = std::make_shared<File>();
        file->number = next_file_++;
        file->bytes = bytes;
        files_.emplace(name, std::move(file));
    }
}

DiskImage SimulatedDisk::image() const {
    DiskImage image;
    for (const auto& [name, file] : files_) image.emplace(name, file->bytes);
    return image;
}

namespace {

// Rebuilds a disk from a log.
class PowerLoss {
  public:
    PowerLoss(const DiskImage& loaded, Unsynced unsynced, std::mt19937_64& random)
        : unsynced_(unsynced), random_(&random) {
        std::uint64_t number = 1;
        for (const auto& [name, bytes] : loaded) {
            names_[name] = number;
            contents_[number++] = bytes;
        }
    }

    [[nodiscard]] DiskImage after(const std::vector<DiskChange>& log, std::size_t changes) {
        find_syncs(log, changes);
        for (std::size_t i = 0; i < changes; ++i) apply(log[i], i);
        DiskImage image;
        for (const auto& [name, file] : names_) image[name] = contents_[file];
        return image;
    }

  private:
    // The length of the log up to which each file and the folder are synced.
    void find_syncs(const std::vector<DiskChange>& log, std::size_t changes) {
        for (std::size_t i = 0; i < changes; ++i) {
            if (log[i].kind == DiskChange::Kind::sync) synced_[log[i].file] = i;
            if (log[i].kind == DiskChange::Kind::sync_folder) folder_synced_ = i;
        }
    }

    [[nodiscard]] bool keeps() {
        if (unsynced_ == Unsynced::scattered) return ((*random_)() & 1U) != 0;
        return unsynced_ == Unsynced::kept;
    }

    void apply(const DiskChange& change, std::size_t at) {
        const bool in_folder =
            change.kind == DiskChange::Kind::create || change.kind == DiskChange::Kind::remove;
        const auto sync = synced_.find(change.file);
        const bool safe = in_folder ? at < folder_synced_ : sync != synced_.end() && at < sync->second;
        switch (change.kind) {
            case DiskChange::Kind::create:
                // A later file of this name appears only if its creation is kept.
                if (safe || keeps()) names_[change.name] = change.file;
                break;
            case DiskChange::Kind::remove:
                if (safe || keeps()) names_.erase(change.name);
                break;
            case DiskChange::Kind::truncate:
                if (safe || keeps()) contents_[change.file].resize(change.offset, '\0');
                break;
            case DiskChange::Kind::write:
                write(change, safe);
                break;
            case DiskChange::Kind::sync:
            case DiskChange::Kind::sync_folder:
                break;
        }
    }

    void write(const DiskChange& change, bool safe) {
        constexpr std::size_t sector = 512;
        const std::string_view bytes = change.bytes;
        for (std::size_t at = 0; at < bytes.size();) {
            const std::size_t position = change.offset + at;
            const std::size_t count = std::min(sector - position % sector, bytes.size() - at);
            if (safe || keeps()) write_at(contents_[change.file], position, bytes.substr(at, count));
            at += count;
        }
    }

    Unsynced unsynced_;
    std::mt19937_64* random_;
    std::map<std::string, std::uint64_t> names_;
    std::map<std::uint64_t, std::string> contents_;
    std::map<std::uint64_t, std::size_t> synced_;
    std::size_t folder_synced_ = 0;
};

}  // namespace

DiskImage SimulatedDisk::after_power_loss(std::size_t changes, Unsynced unsynced,
                                          std::mt19937_64& random) const {
    return PowerLoss(loaded_, unsynced, random).after(log_, changes);
}

}  // namespace fault_test
