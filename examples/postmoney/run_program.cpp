#include "run_program.hpp"

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>

#include "postmoney/postmoney.hpp"

using namespace postmoney;

namespace {

[[noreturn]] void refuse_program(const std::string& name, ErrorCode code) {
    throw Error(code, code == ErrorCode::no_such_file ? "there is no such program on the PATH"
                                                      : "the program cannot be run")
        .at(name, 0);
}

// Writes all of the text unless the reader goes away.
void feed(int pipe, std::string_view text) {
    while (!text.empty()) {
        const ssize_t written = ::write(pipe, text.data(), text.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return;
        text.remove_prefix(static_cast<std::size_t>(written));
    }
}

}  // namespace

int run_program(const std::vector<std::string>& command, std::string_view input) {
    std::array<int, 2> ends{};
    if (::pipe(ends.data()) != 0) refuse_program(command[0], ErrorCode::io);
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_adddup2(&actions, ends[0], STDIN_FILENO);
    ::posix_spawn_file_actions_addclose(&actions, ends[0]);
    ::posix_spawn_file_actions_addclose(&actions, ends[1]);
    std::vector<char*> arguments;
    for (const std::string& argument : command) arguments.push_back(const_cast<char*>(argument.c_str()));
    arguments.push_back(nullptr);
    pid_t process = 0;
    const int error = ::posix_spawnp(&process, arguments[0], &actions, nullptr, arguments.data(), environ);
    ::posix_spawn_file_actions_destroy(&actions);
    ::close(ends[0]);
    // A program that stops reading early says why by its exit status.
    const auto before = std::signal(SIGPIPE, SIG_IGN);
    if (error == 0) feed(ends[1], input);
    ::close(ends[1]);
    std::signal(SIGPIPE, before);
    if (error != 0) refuse_program(command[0], error == ENOENT ? ErrorCode::no_such_file : ErrorCode::io);
    int status = 0;
    while (::waitpid(process, &status, 0) < 0) {
        if (errno != EINTR) refuse_program(command[0], ErrorCode::io);
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
