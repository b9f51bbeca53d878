// MachineLoad: the share of the processors' time that other programs took while the benchmark ran. A table
// measured beside other work says little.
#pragma once

#include <sys/resource.h>
#include <sys/time.h>
#include <unistd.h>

#include <fstream>
#include <string>

namespace benchmark_suite {

class MachineLoad {
  public:
    // The percentage since this object was made; finished children count as ours.
    [[nodiscard]] double of_others() const {
        const Times now = times();
        const double all = now.all - start_.all;
        return all <= 0 ? 0 : 100 * ((now.busy - start_.busy) - (now.ours - start_.ours)) / all;
    }

  private:
    struct Times {
        double all = 0;
        double busy = 0;
        double ours = 0;
    };

    // The seconds of all processors together.
    [[nodiscard]] static Times times() {
        std::ifstream stat("/proc/stat");
        std::string name;
        stat >> name;
        // user, nice, system, idle, iowait, irq, softirq, steal
        Times times;
        for (int i = 0; i < 8; ++i) {
            double ticks = 0;
            stat >> ticks;
            const double seconds = ticks / static_cast<double>(sysconf(_SC_CLK_TCK));
            times.all += seconds;
            if (i != 3 && i != 4) times.busy += seconds;
        }
        for (const int who : {RUSAGE_SELF, RUSAGE_CHILDREN}) {
            rusage usage{};
            getrusage(who, &usage);
            for (const timeval& time : {usage.ru_utime, usage.ru_stime})
                times.ours += static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
        }
        return times;
    }

    Times start_ = times();
};

}  // namespace benchmark_suite
