#include "app/command_line.h"

#include "app/file_name.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QRegularExpression>

namespace octavo::app {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(CommandLine)
};

constexpr double kSmallestScale = 0.5;
constexpr double kLargestScale = 8;

struct Options {
    QCommandLineOption goTo{QStringLiteral("goto"),
                            Words::tr("Go to OFFSET: 1234, 0x4D2, 50% or end."),
                            QStringLiteral("OFFSET")};
    QCommandLineOption readOnly{QStringLiteral("read-only"), Words::tr("Refuse every edit.")};
    QCommandLineOption theme{QStringLiteral("theme"),
                             Words::tr("Colours: light, dark, contrast or auto."),
                             QStringLiteral("THEME")};
    QCommandLineOption shot{QStringLiteral("shot"),
                            Words::tr("Write a picture of the window and end."),
                            QStringLiteral("OUT.png")};
    QCommandLineOption size{QStringLiteral("size"), Words::tr("Size of the window for --shot."),
                            QStringLiteral("WxH")};
    QCommandLineOption scale{QStringLiteral("scale"),
                             Words::tr("Pixels of the screen for each of the window."),
                             QStringLiteral("N")};
    QCommandLineOption help{{QStringLiteral("h"), QStringLiteral("help")},
                            Words::tr("Say what the program understands.")};
    QCommandLineOption version{{QStringLiteral("v"), QStringLiteral("version")},
                               Words::tr("Say which version this is.")};
};

std::optional<ThemeChoice> themeNamed(const QString& name) {
    if (name == QLatin1String("light"))
        return ThemeChoice::Light;
    if (name == QLatin1String("dark"))
        return ThemeChoice::Dark;
    if (name == QLatin1String("contrast"))
        return ThemeChoice::HighContrast;
    if (name == QLatin1String("auto"))
        return ThemeChoice::Auto;
    return std::nullopt;
}

std::optional<QSize> sizeNamed(const QString& text) {
    static const QRegularExpression form(QStringLiteral("^([0-9]{2,5})x([0-9]{2,5})$"));
    const QRegularExpressionMatch match = form.match(text);
    if (!match.hasMatch())
        return std::nullopt;
    return QSize(match.captured(1).toInt(), match.captured(2).toInt());
}

std::optional<double> scaleNamed(const QByteArray& text) {
    bool isNumber = false;
    const double scale = text.toDouble(&isNumber);
    // Not-a-number fails both comparisons.
    if (isNumber && scale >= kSmallestScale && scale <= kLargestScale)
        return scale;
    return std::nullopt;
}

void readValues(const QCommandLineParser& parser, const Options& options, CommandLine& line) {
    line.goTo = parser.value(options.goTo);
    line.readOnly = parser.isSet(options.readOnly);
    line.shot = parser.value(options.shot);
    for (const QString& name : parser.positionalArguments())
        line.files.push_back(pathFromText(name));
    if (parser.isSet(options.theme)) {
        line.theme = themeNamed(parser.value(options.theme));
        if (!line.theme)
            line.fault = Words::tr("--theme wants light, dark, contrast or auto, not \"%1\"")
                             .arg(parser.value(options.theme));
    }
    if (parser.isSet(options.size)) {
        const auto size = sizeNamed(parser.value(options.size));
        line.shotSize = size.value_or(QSize());
        if (!size)
            line.fault = Words::tr("--size wants a width and a height as 1280x800, not \"%1\"")
                             .arg(parser.value(options.size));
    }
    for (const QString& scale : parser.values(options.scale))
        if (!scaleNamed(scale.toUtf8()))
            line.fault = Words::tr("--scale wants a number from 0.5 to 8, not \"%1\"").arg(scale);
    for (const std::string& file : line.files)
        if (file.empty())
            line.fault = Words::tr("a file name is empty");
    if (parser.isSet(options.shot) && line.shot.isEmpty())
        line.fault = Words::tr("--shot wants the name of a picture");
}

}  // namespace

CommandLine parseCommandLine(const QStringList& arguments) {
    const Options options;
    QCommandLineParser parser;
    parser.setApplicationDescription(Words::tr("A hex editor on memory mapping."));
    parser.addOptions({options.goTo, options.readOnly, options.theme, options.shot, options.size,
                       options.scale, options.help, options.version});
    parser.addPositionalArgument(QStringLiteral("FILE"), Words::tr("Files to open."),
                                 QStringLiteral("[FILE...]"));

    CommandLine line;
    // The parser takes the first argument for the program's name.
    if (!parser.parse(QStringList{QCoreApplication::applicationName()} + arguments)) {
        line.fault = parser.errorText();
        return line;
    }
    line.helpWanted = parser.isSet(options.help);
    line.versionWanted = parser.isSet(options.version);
    if (line.helpWanted)
        line.text = parser.helpText();
    else if (line.versionWanted)
        line.text = QStringLiteral("Octavo %1\n").arg(QCoreApplication::applicationVersion());
    else
        readValues(parser, options, line);
    return line;
}

std::optional<double> scaleArgument(int argc, char** argv) {
    std::optional<double> scale;
    for (int i = 1; i < argc; ++i) {
        const QByteArray argument(argv[i]);
        if (argument == "--")
            break;
        if (argument == "--scale" && i + 1 < argc)
            scale = scaleNamed(argv[++i]);
        else if (argument.startsWith("--scale="))
            scale = scaleNamed(argument.mid(8));
    }
    return scale;
}

}  // namespace octavo::app
