#include "ui/panels/go_to_expression.h"

#include "ui/hex/hex_keys.h"

namespace octavo::ui {

namespace {

__extension__ typedef __int128 Wide;

/// Nothing after a fault.
using Value = std::optional<Wide>;

// Deeper parentheses would be a danger for the stack.
constexpr int kDeepest = 100;

bool isGap(QChar character) {
    return character.isSpace() || character == QLatin1Char('_');
}

/// Recursive descent: each function reads what it is named after from at_ on.
class Parser {
public:
    Parser(const QString& text, const GoToPlace& place) : text_(text), place_(place) {}

    Value expression();
    /// Digits with or without a prefix.
    Value literal(int& base);
    bool isAtEnd();

    /// What follows belongs to nothing.
    GoToTarget leftOver() {
        failHere();
        return faulty();
    }
    GoToTarget faulty() const { return {std::nullopt, fault_, text_.mid(faultAt_)}; }

private:
    Value sumFrom(Value left);
    Value product();
    Value signedOperand();
    Value operand();
    Value group();
    Value name();
    Value number();
    Value fraction(Wide whole);
    Value percent(Wide mantissa, Wide scale);
    Value quotient(Wide dividend, Wide divisor, qsizetype at);

    bool takeDigits(int base, Wide& value, Wide* scale = nullptr);
    bool take(char wanted);
    QChar next();
    Value fail(GoToFault fault, qsizetype at);
    /// Something else was wanted at at_.
    Value failHere();
    Value checked(bool overflows, Wide result);

    const QString& text_;
    const GoToPlace& place_;
    qsizetype at_ = 0;
    int depth_ = 0;
    GoToFault fault_ = GoToFault::None;
    qsizetype faultAt_ = 0;
};

// ---- Characters

QChar Parser::next() {
    while (at_ < text_.size() && isGap(text_[at_])) {
        ++at_;
    }
    return at_ < text_.size() ? text_[at_] : QChar();
}

bool Parser::isAtEnd() {
    next();
    return at_ == text_.size();
}

bool Parser::take(char wanted) {
    const QChar character = next();
    const bool isMinus = wanted == '-' && character == QChar(0x2212);
    if (!isMinus && character != QLatin1Char(wanted)) {
        return false;
    }
    ++at_;
    return true;
}

Value Parser::fail(GoToFault fault, qsizetype at) {
    fault_ = fault;
    faultAt_ = at;
    return std::nullopt;
}

Value Parser::failHere() {
    return fail(isAtEnd() ? GoToFault::Incomplete : GoToFault::NotUnderstood, at_);
}

Value Parser::checked(bool overflows, Wide result) {
    return overflows ? fail(GoToFault::TooLarge, at_) : Value(result);
}

// ---- Numbers

/// Adds digits to `value`, and multiplies `scale` by the base for each. False where there are none
/// or where they are too many.
bool Parser::takeDigits(int base, Wide& value, Wide* scale) {
    bool any = false;
    bool overflows = false;
    for (;;) {
        const int digit = hexDigitValue(next().unicode());
        if (digit < 0 || digit >= base) {
            break;
        }
        any = true;
        ++at_;
        overflows = overflows || __builtin_mul_overflow(value, Wide{base}, &value) ||
                    __builtin_add_overflow(value, Wide{digit}, &value) ||
                    (scale != nullptr && __builtin_mul_overflow(*scale, Wide{base}, scale));
    }
    if (overflows) {
        fail(GoToFault::TooLarge, at_);
    } else if (!any) {
        failHere();
    }
    return any && !overflows;
}

Value Parser::literal(int& base) {
    base = 10;
    if (next() == QLatin1Char('0') && at_ + 1 < text_.size()) {
        const char letter = text_[at_ + 1].toLower().toLatin1();
        base = letter == 'x' ? 16 : letter == 'o' ? 8 : letter == 'b' ? 2 : 10;
        at_ += base == 10 ? 0 : 2;
    }
    Wide value = 0;
    return takeDigits(base, value) ? Value(value) : std::nullopt;
}

Value Parser::number() {
    int base = 10;
    const Value value = literal(base);
    return value && base == 10 && next() == QLatin1Char('.') ? fraction(*value) : value;
}

/// Only percents have one.
Value Parser::fraction(Wide whole) {
    const qsizetype point = at_++;
    Wide scale = 1;
    if (!takeDigits(10, whole, &scale)) {
        return std::nullopt;
    }
    if (!take('%')) {
        return isAtEnd() ? failHere() : fail(GoToFault::NotUnderstood, point);
    }
    return percent(whole, scale);
}

Value Parser::percent(Wide mantissa, Wide scale) {
    Wide share = 0;
    Wide whole = 0;
    const bool overflows = __builtin_mul_overflow(mantissa, Wide{place_.length}, &share) ||
                           __builtin_mul_overflow(scale, Wide{100}, &whole);
    return checked(overflows, overflows ? 0 : share / whole);
}

// ---- Expressions

Value Parser::expression() {
    const QChar sign = next();
    const bool isRelative =
        sign == QLatin1Char('+') || sign == QLatin1Char('-') || sign == QChar(0x2212);
    return sumFrom(isRelative ? Value(place_.caret) : product());
}

Value Parser::sumFrom(Value left) {
    while (left) {
        const bool isSum = take('+');
        if (!isSum && !take('-')) {
            break;
        }
        const Value right = product();
        if (!right) {
            return right;
        }
        Wide result = 0;
        const bool overflows = isSum ? __builtin_add_overflow(*left, *right, &result)
                                     : __builtin_sub_overflow(*left, *right, &result);
        left = checked(overflows, result);
    }
    return left;
}

Value Parser::product() {
    Value left = signedOperand();
    while (left) {
        const bool isProduct = take('*');
        if (!isProduct && !take('/')) {
            break;
        }
        next();
        const qsizetype at = at_;
        const Value right = signedOperand();
        if (!right) {
            return right;
        }
        if (isProduct) {
            Wide result = 0;
            const bool overflows = __builtin_mul_overflow(*left, *right, &result);
            left = checked(overflows, result);
        } else {
            left = quotient(*left, *right, at);
        }
    }
    return left;
}

Value Parser::quotient(Wide dividend, Wide divisor, qsizetype at) {
    if (divisor == 0) {
        return fail(GoToFault::DivisionByZero, at);
    }
    // The least number divided by -1 is one too many.
    Wide result = 0;
    if (divisor == -1) {
        const bool overflows = __builtin_sub_overflow(Wide{0}, dividend, &result);
        return checked(overflows, result);
    }
    return dividend / divisor;
}

Value Parser::signedOperand() {
    bool isNegative = false;
    while (take('-')) {
        isNegative = !isNegative;
    }
    Value value = operand();
    while (value && take('%')) {
        value = percent(*value, 1);
    }
    if (!value || !isNegative) {
        return value;
    }
    Wide result = 0;
    const bool overflows = __builtin_sub_overflow(Wide{0}, *value, &result);
    return checked(overflows, result);
}

Value Parser::operand() {
    const QChar first = next();
    if (first == QLatin1Char('(')) {
        return group();
    }
    if (first.isLetter()) {
        return name();
    }
    return hexDigitValue(first.unicode()) >= 0 ? number() : failHere();
}

Value Parser::group() {
    if (depth_ == kDeepest) {
        return failHere();
    }
    ++at_;
    ++depth_;
    const Value value = sumFrom(product());
    --depth_;
    return !value || take(')') ? value : failHere();
}

Value Parser::name() {
    const qsizetype from = at_;
    while (at_ < text_.size() && text_[at_].isLetter()) {
        ++at_;
    }
    const core::Extent selection =
        place_.selection.isEmpty() ? core::Extent{place_.caret, 0} : place_.selection;
    const struct {
        const char* name;
        core::Offset value;
    } names[] = {{"start", 0},
                 {"end", place_.length},
                 {"caret", place_.caret},
                 {"sel", selection.offset},
                 {"selend", selection.end()}};
    const QStringView written = QStringView(text_).mid(from, at_ - from);
    for (const auto& [known, value] : names) {
        if (written.compare(QLatin1String(known), Qt::CaseInsensitive) == 0) {
            return value;
        }
    }
    return fail(GoToFault::NotUnderstood, from);
}

}  // namespace

std::optional<core::Offset> parseNumber(const QString& text) {
    const GoToPlace nowhere;
    Parser parser(text, nowhere);
    int base = 10;
    const Value value = parser.literal(base);
    if (!value && parser.faulty().fault != GoToFault::TooLarge) {
        return std::nullopt;
    }
    if (!parser.isAtEnd()) {
        return std::nullopt;
    }
    return !value || *value > core::kMaxLength ? core::kMaxLength
                                               : static_cast<core::Offset>(*value);
}

GoToTarget parseGoTo(const QString& text, const GoToPlace& place) {
    Parser parser(text, place);
    if (parser.isAtEnd()) {
        return {std::nullopt, GoToFault::Empty, {}};
    }
    const Value value = parser.expression();
    if (!value) {
        return parser.faulty();
    }
    if (!parser.isAtEnd()) {
        return parser.leftOver();
    }
    if (*value < 0) {
        return {std::nullopt, GoToFault::BeforeStart, {}};
    }
    if (*value > place.length) {
        return {std::nullopt, GoToFault::BeyondEnd, {}};
    }
    return {static_cast<core::Offset>(*value), GoToFault::None, {}};
}

}  // namespace octavo::ui
