// What it takes until Octavo shows a file of 1 TiB, beside the least that a program with a window
// of Qt Widgets takes (emptyWindow), and the least that one with a word in it takes (textWindow).
// Octavo is the real program here but for its end. Settings and data are those of a user who starts
// it for the first time.
//
//   wallTime         under Xvfb, until the painted window stands there, to 20 ms
//   instructions     of all threads until then, counted by callgrind, in millions; how often the
//                    window is painted depends on which thread is faster, worth a few percent
//   instructionsOnX  likewise, but under Xvfb
//   privateDirty     memory of their own then, under Xvfb, in MB
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>

#include <memory>
#include <string>

#include <benchmark/benchmark.h>
#include <unistd.h>

namespace {

constexpr int kPatience = 120'000;
constexpr qint64 kTebibyte = qint64{1} << 40;
constexpr double kMillion = 1e6;

enum class Program { EmptyWindow, TextWindow, Octavo };

/// As its executable is named.
QString nameOf(Program program) {
    switch (program) {
    case Program::EmptyWindow:
        return QStringLiteral("empty_window");
    case Program::TextWindow:
        return QStringLiteral("text_window");
    case Program::Octavo:
        break;
    }
    return QStringLiteral("octavo_window");
}

/// A process that is killed with the object.
class Process {
public:
    Process(const QStringList& command, const QProcessEnvironment& environment) {
        process_.setProcessEnvironment(environment);
        process_.start(command[0], command.sliced(1));
    }
    ~Process() {
        process_.kill();
        process_.waitForFinished(kPatience);
    }
    QByteArray line() {
        while (!process_.canReadLine() && process_.waitForReadyRead(kPatience)) {
        }
        return process_.readLine().trimmed();
    }
    /// Lets it go on to its end.
    bool ends() {
        process_.closeWriteChannel();
        return process_.waitForFinished(kPatience) && process_.exitCode() == 0;
    }
    qint64 privateDirtyKib() const {
        QFile rollup(QStringLiteral("/proc/%1/smaps_rollup").arg(process_.processId()));
        if (!rollup.open(QIODevice::ReadOnly))
            return 0;
        for (const QByteArray& entry : rollup.readAll().split('\n'))
            if (entry.startsWith("Private_Dirty:"))
                return entry.simplified().split(' ').at(1).toLongLong();
        return 0;
    }

private:
    QProcess process_;
};

/// A sparse file of 1 TiB, a home without anything in it, and a display where one is asked for.
class Ground {
public:
    Ground() {
        environment_.insert("LC_ALL", "C.UTF-8");
        environment_.insert("QT_QPA_PLATFORM", "offscreen");
        for (const char* variable : {"XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"})
            environment_.insert(variable, folder_.filePath(variable));
        QFile file(filePath());
        if (!file.open(QIODevice::WriteOnly) || !file.resize(kTebibyte))
            fault_ = "there is no place for a file of 1 TiB, though it is sparse";
        // Pages of a program just linked that are not on the disk yet would count as its own
        // memory.
        ::sync();
    }

    /// What is missing here; empty where nothing is.
    const std::string& fault() const { return fault_; }

    void addDisplay() {
        if (!has("Xvfb"))
            return;
        display_ = std::make_unique<Process>(QStringList{"Xvfb", "-displayfd", "1", "-screen", "0",
                                                         "1280x800x24", "-nolisten", "tcp"},
                                             environment_);
        const QByteArray number = display_->line();
        if (number.isEmpty())
            fault_ = "Xvfb does not start";
        environment_.insert("DISPLAY", ":" + number);
        environment_.insert("QT_QPA_PLATFORM", "xcb");
    }

    bool has(const char* program) {
        if (!QStandardPaths::findExecutable(program).isEmpty())
            return true;
        fault_ = std::string("there is no ") + program;
        return false;
    }

    /// Returns when its window stands there painted; nothing where that fails. `before` is what the
    /// command line begins with.
    std::unique_ptr<Process> settled(Program program, QStringList before = {}) {
        // The benchmark is no Qt program: its folder is asked of the system.
        const QDir folder(QFileInfo(QStringLiteral("/proc/self/exe")).canonicalPath());
        before << folder.filePath(nameOf(program));
        if (program == Program::Octavo)
            before << filePath();
        auto process = std::make_unique<Process>(before, environment_);
        if (process->line() == "settled")
            return process;
        fault_ = "the window does not settle";
        return nullptr;
    }

    /// Until the window stands there painted, in millions.
    double instructions(Program program) {
        const QString profile = folder_.filePath("profile");
        const std::unique_ptr<Process> process = settled(
            program, {"valgrind", "-q", "--tool=callgrind", "--callgrind-out-file=" + profile});
        if (!process || !process->ends())
            return 0;
        QFile file(profile);
        if (file.open(QIODevice::ReadOnly))
            for (const QByteArray& entry : file.readAll().split('\n'))
                if (entry.startsWith("totals:") || entry.startsWith("summary:"))
                    return entry.simplified().split(' ').at(1).toDouble() / kMillion;
        fault_ = "callgrind has counted nothing";
        return 0;
    }

    double privateDirty(Program program) {
        const std::unique_ptr<Process> process = settled(program);
        return process ? double(process->privateDirtyKib()) * 1024 / kMillion : 0;
    }

private:
    QString filePath() const { return folder_.filePath("tebibyte.bin"); }

    QTemporaryDir folder_;
    QProcessEnvironment environment_ = QProcessEnvironment::systemEnvironment();
    std::string fault_;
    std::unique_ptr<Process> display_;
};

void wallTime(benchmark::State& state, Program program) {
    Ground ground;
    ground.addDisplay();
    for (auto unused : state) {
        if (ground.fault().empty())
            ground.settled(program);
        if (!ground.fault().empty()) {
            state.SkipWithError(ground.fault().c_str());
            break;
        }
    }
}
BENCHMARK_CAPTURE(wallTime, emptyWindow, Program::EmptyWindow)
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime()
    ->Iterations(10);
BENCHMARK_CAPTURE(wallTime, textWindow, Program::TextWindow)
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime()
    ->Iterations(10);
BENCHMARK_CAPTURE(wallTime, octavo, Program::Octavo)
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime()
    ->Iterations(10);

/// Measures each program once.
void compare(benchmark::State& state, Ground& ground, double (Ground::*measure)(Program)) {
    double empty = 0;
    double text = 0;
    double octavo = 0;
    for (auto unused : state) {
        if (ground.fault().empty()) {
            empty = (ground.*measure)(Program::EmptyWindow);
            text = (ground.*measure)(Program::TextWindow);
            octavo = (ground.*measure)(Program::Octavo);
        }
        if (!ground.fault().empty()) {
            state.SkipWithError(ground.fault().c_str());
            break;
        }
    }
    state.counters["emptyWindow"] = empty;
    state.counters["textWindow"] = text;
    state.counters["octavo"] = octavo;
    state.counters["octavo/empty"] = octavo / empty;
    state.counters["octavo/text"] = octavo / text;
    state.counters["octavo-empty"] = octavo - empty;
}

void instructions(benchmark::State& state) {
    Ground ground;
    ground.has("valgrind");
    compare(state, ground, &Ground::instructions);
}
BENCHMARK(instructions)->Unit(benchmark::kSecond)->UseRealTime()->Iterations(1);

void instructionsOnX(benchmark::State& state) {
    Ground ground;
    ground.addDisplay();
    ground.has("valgrind");
    compare(state, ground, &Ground::instructions);
}
BENCHMARK(instructionsOnX)->Unit(benchmark::kSecond)->UseRealTime()->Iterations(1);

void privateDirty(benchmark::State& state) {
    Ground ground;
    ground.addDisplay();
    compare(state, ground, &Ground::privateDirty);
}
BENCHMARK(privateDirty)->Unit(benchmark::kSecond)->UseRealTime()->Iterations(1);

}  // namespace
