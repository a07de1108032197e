#!/usr/bin/env python3
"""Writes the reference tables of the conformance kit: exact values and derivatives of every function, per dtype.

    reference_tables.py             self-test, then write every table
    reference_tables.py --check     self-test, then regenerate in memory and compare with the files; exit 1 on a difference
    reference_tables.py --self-test only the known values

How a value is computed. x is a float32 or float64, taken exactly. The function is evaluated with mpmath at 100 decimal
digits and again at 200; unless the two agree to 60 digits the precision is doubled until two in a row do. So cancellation
(x - tanh x near 0) and huge arguments cost time, not digits. The result is written with 40 significant digits and is NOT
rounded to the dtype: it may lie beyond the dtype's range. An exact zero is written 0.0 or -0.0, with the sign the
specification asks for; a value beyond 1e+-9999 is written as +-1e+-9999, which overflows or underflows in either dtype as
the exact value does and keeps the reader's BigDecimal small.

A derivative (NAME.derivative, the gradient for the upstream 1) is a formula of its own, which the self-test compares with a
numerical derivative of NAME's. At a kink it is PyTorch's, at the infinities the limit; its zeros are 0.0, whatever the sign.

Constants that belong to a function's definition (selu's alpha and scale, gelu's 1.702, ...) are exact decimals. Parameters
a user may set are rounded to the dtype first, because that is what a kernel of that dtype is given.

The points are deterministic: their irrational offsets come from mpmath, never from the platform's libm.
"""
import argparse
import math
import random
import struct
import sys
from dataclasses import dataclass, field, replace
from fractions import Fraction
from pathlib import Path

import mpmath
from mpmath import mp, mpf

import onnx_cases

OUTPUT = Path(__file__).resolve().parent.parent / "src/main/resources/io/ember4j/conformance/reference"
START_DIGITS = 100
MAX_DIGITS = 12_800
AGREEMENT = mpf(10) ** -60
WRITTEN_DIGITS = 40
EXPONENT_LIMIT = 9999
NAN, INF, NEG_INF, ZERO, NEG_ZERO = "nan", "inf", "-inf", "0.0", "-0.0"


# ---------------------------------------------------------------------------------------------------------------- dtypes

@dataclass(frozen=True)
class DType:
    name: str
    suffix: str
    code: str            # struct format of the float
    bits: str            # struct format of the integer of the same width
    fraction_bits: int
    min_exponent: int    # of the smallest normal number
    max_exponent: int

    def round(self, value):
        """The nearest number of this dtype (by way of float64, as a Java cast from double does)."""
        return struct.unpack(self.code, struct.pack(self.code, float(value)))[0]

    def neighbours(self, x):
        """The numbers just below and just above x, which is neither zero nor infinite."""
        n = struct.unpack(self.bits, struct.pack(self.code, x))[0]    # sign and magnitude: +1 is away from zero
        return [struct.unpack(self.code, struct.pack(self.bits, n + d))[0] for d in (-1, 1)]

    def smallest(self):
        return math.ldexp(1.0, self.min_exponent - self.fraction_bits)

    def smallest_normal(self):
        return math.ldexp(1.0, self.min_exponent)

    def largest(self):
        return math.ldexp(2.0 - math.ldexp(1.0, -self.fraction_bits), self.max_exponent)

    def hex(self, x):
        """What Java's Float.toHexString or Double.toHexString writes."""
        if math.isnan(x):
            return NAN
        if math.isinf(x):
            return INF if x > 0 else NEG_INF
        sign = "-" if math.copysign(1.0, x) < 0 else ""
        if x == 0:
            return sign + "0x0.0p0"
        exponent = max(math.frexp(x)[1] - 1, self.min_exponent)
        n = int(math.ldexp(abs(x), self.fraction_bits - exponent))
        digits = (self.fraction_bits + 3) // 4
        fraction = (n & ((1 << self.fraction_bits) - 1)) << (4 * digits - self.fraction_bits)
        return f"{sign}0x{n >> self.fraction_bits}.{format(fraction, f'0{digits}x').rstrip('0') or '0'}p{exponent}"


F32 = DType("float32", "f32", "<f", "<I", 23, -126, 127)
F64 = DType("float64", "f64", "<d", "<Q", 52, -1022, 1023)
DTYPES = (F32, F64)


# ------------------------------------------------------------------------------------------- evaluating and writing values

def beyond(value):
    """+1 or -1 when |value| is above 1e9999 or below 1e-9999, else 0. Decided on the binary exponent, which is cheap."""
    magnitude = mp.mag(value)
    limit = int(EXPONENT_LIMIT * math.log2(10))
    return (magnitude > limit) - (magnitude < -limit)


def text(value):
    """40 significant digits in scientific notation; a str (nan, inf, 0.0, ...) stands for itself."""
    if isinstance(value, str):
        return value
    if not mp.isfinite(value) or value == 0:
        raise ArithmeticError(f"{value}: zeros, infinities and NaN must be written by rule")
    side = beyond(value)
    if side:
        return f"{'-' if value < 0 else ''}1e{side * EXPONENT_LIMIT}"
    return mp.nstr(value, WRITTEN_DIGITS, min_fixed=0, max_fixed=0)


def same(a, b):
    """Whether two evaluations agree: the same rule, both beyond the limit on one side, or 60 digits."""
    if isinstance(a, str) or isinstance(b, str):
        return isinstance(a, str) and isinstance(b, str) and a == b
    if a == 0 or b == 0:
        return False          # an exact zero is a rule; a computed one means that every digit cancelled
    if beyond(a) or beyond(b):
        return beyond(a) == beyond(b) and (a > 0) == (b > 0)
    return abs(a - b) <= AGREEMENT * abs(b)


def evaluate(compute):
    """compute() gives a list of values at mpmath's current precision; returns them once two precisions agree."""
    digits, previous = START_DIGITS, None
    while digits <= MAX_DIGITS:
        with mp.workdps(digits):
            values = compute()
            if previous is not None and all(same(a, b) for a, b in zip(previous, values)):
                return [text(value) for value in values]
            previous = values
        digits *= 2
    raise ArithmeticError(f"no agreement within {MAX_DIGITS} digits")


# --------------------------------------------------------------------------------------------- mathematics, at mp.prec

def log1p(y):
    """log(1 + y), y > -1, for y of any size: 1 + y is never rounded, and y below the precision is its own logarithm."""
    if mp.mag(y) < -mp.prec - 10:
        return y
    with mp.extraprec(max(0, -mp.mag(y)) + 20):
        result = mp.log(1 + y)
    return +result


def sigmoid(x):
    return 1 / (1 + mp.exp(-x))


def softplus(x):
    return log1p(mp.exp(x)) if x <= 0 else x + log1p(mp.exp(-x))


def erfc(x):
    """mpmath 1.2.1 fails with an OverflowError for huge x. Beyond 200 the value is below 1e-17000, of which only the sign and
    "too small" are written, so there the leading term of the asymptotic series serves."""
    if x < 0:
        return 2 - erfc(-x)
    return mp.erfc(x) if x <= 200 else mp.exp(-x * x) / (x * mp.sqrt(mp.pi))


def ndtr(x):
    return erfc(-x / mp.sqrt(2)) / 2


def gelu_tanh(x):
    # 0.5 x (1 + tanh u) = x sigmoid(2u): the same function, without the cancellation in 1 + tanh u
    return x * sigmoid(2 * mp.sqrt(2 / mp.pi) * (x + mpf("0.044715") * x ** 3))


SELU_ALPHA, SELU_SCALE = "1.6732632423543772848170429916717", "1.0507009873554804934193349852946"


def selu(x):
    alpha, scale = mpf(SELU_ALPHA), mpf(SELU_SCALE)
    return scale * x if x > 0 else scale * alpha * mp.expm1(x)


def clip06(x):
    return mpf(0) if x <= -3 else mpf(6) if x >= 3 else x + 3


def shrink(x, kept, p):
    """kept(x) outside the closed band [-lambd, lambd], +0 inside."""
    return kept(x) if abs(x) > p["lambd"] else ZERO


def softmax(row):
    """exp(x - max) / sum."""
    exps = [mp.exp(x - max(row)) for x in row]
    return [e / mp.fsum(exps) for e in exps]


def log_softmax(row):
    """(x - max) - log1p(sum of the others' exp(x - max)): both terms have one sign, so nothing cancels."""
    top = row.index(max(row))
    rest = [mp.exp(x - row[top]) for i, x in enumerate(row) if i != top]
    log_sum = log1p(mp.fsum(rest)) if rest else mpf(0)
    return [ZERO if not rest else (x - row[top]) - log_sum for x in row]


def row_gradient(function, row, upstream, temperature):
    """The gradient along a row whose -inf elements have the output 0 (softmax) or -inf (log_softmax). With y the softmax, u
    the upstream and sum y = 1, softmax's u_i - sum u_j y_j is the sum of (u_i - u_j) y_j, and log_softmax's
    u_i - y_i sum u_j that of u_i y_j, less y_i sum u_j: sums of c_v exp(v) over the different x, with rational c_v, so that
    nothing cancels but what must. They vanish only if every c_v does, as the exp(v) are linearly independent over the
    algebraic numbers (Lindemann-Weierstrass)."""
    u = [Fraction(v) for v in upstream]
    finite = [j for j, x in enumerate(row) if x != -math.inf]
    y = dict(zip([row[j] for j in finite], softmax([mpf(row[j]) / temperature for j in finite])))
    gradient = [ZERO if function is softmax or not v else mpf(v) for v in upstream]     # what it is at -inf
    for i in finite:
        c = dict.fromkeys(y, 0)
        for j in finite:
            c[row[j]] += u[i] - (u[j] if function is softmax else 0)
        if function is log_softmax:
            c[row[i]] -= sum(u)
        if any(c.values()):
            total = mp.fsum(mpf(v.numerator) / v.denominator * y[x] for x, v in c.items())
            gradient[i] = total * y[row[i]] / temperature if function is softmax else total
        else:
            gradient[i] = ZERO
    return gradient


# ------------------------------------------------------------------------------------------------ elementwise cases

@dataclass(frozen=True)
class Case:
    """One table. value(x, p) is for finite x other than 0; `at` gives the rows for +inf, -inf, +0 and -0, each a rule (str)
    or a function of the parameters. Where value or `at` answers a str, that is written as it stands."""
    file: str
    formula: str
    value: object
    at: tuple                                       # +inf, -inf, +0, -0
    function: str = ""
    params: dict = field(default_factory=dict)      # name -> decimal, as a user writes it
    kinks: object = lambda p: []
    f32: tuple = ()                                 # further ranges: (kind, from, to, count), see ranges()
    f64: tuple = ()
    domain: float = -math.inf                       # below it the value is NaN, and few points are kept
    zero: object = None                             # as in `at`: where the value vanishes, to be approached closely

    def resolved(self, dtype):
        """The parameters as the dtype's nearest values; rrelu's slope is computed in float64 before it is rounded."""
        p = {k: dtype.round(float(v)) for k, v in self.params.items() if not v.isalpha()}
        if "lower" in p:
            p = {"slope": dtype.round((float(self.params["lower"]) + float(self.params["upper"])) / 2)}
        return p


ODD = (ZERO, NEG_ZERO)                              # +0 -> +0, -0 -> -0
UP = (INF, NEG_INF) + ODD                           # like x itself
SELF_GATED = (INF, NEG_ZERO) + ODD                  # x times something that vanishes at -inf, where the limit is from below


def always(value):
    """A row whose value is the decimal given, at whatever precision."""
    return lambda p: mpf(value)


# Ranges, written once where several functions share them.
SUBNORMAL = dict(f32=(("log", "2**-149", "2**-124", 14), ("log", "2**118", "2**127.9", 3)),
                 f64=(("log", "2**-1074", "2**-1020", 14), ("log", "2**1000", "2**1023.9", 3)))
SATURATING = dict(f32=(("lin", -21, -14, 18), ("log", "2**-149", "2**-124", 6)),
                  f64=(("lin", -42, -34, 18), ("log", "2**-1074", "2**-1020", 6)))
GATE = dict(f32=(("lin", -112, -84, 34), ("lin", 84, 112, 4)), f64=(("lin", -758, -698, 34), ("lin", 698, 758, 4)))


def leaky(x, slope):
    return x if x > 0 else slope * x


def elu(x, p):
    return x if x > 0 else p["alpha"] * mp.expm1(x)


def celu(x, p):
    return x if x > 0 else p["alpha"] * mp.expm1(x / p["alpha"])


def hardtanh(x, p):
    return min(max(x, p["min_val"]), p["max_val"])


def softplus_beta(x, p):
    return x if x * p["beta"] > p["threshold"] else softplus(x * p["beta"]) / p["beta"]


def cases():
    yield Case("exp", "exp(x)", lambda x, p: mp.exp(x), (INF, ZERO, always(1), always(1)),
               f32=(("lin", -105, -86, 26), ("lin", 86, 90, 12)), f64=(("lin", -747, -706, 26), ("lin", 706, 712, 12)))
    yield Case("log", "log(x)", lambda x, p: NAN if x < 0 else ZERO if x == 1 else mp.log(x), (INF, NAN, NEG_INF, NEG_INF),
               kinks=lambda p: [1.0], domain=0.0,
               f32=(("lin", "0.5", 2, 40), ("log", "2**-149", "2**-120", 20), ("log", "1e-9", "1e9", 60)),
               f64=(("lin", "0.5", 2, 40), ("log", "2**-1074", "2**-1010", 20), ("log", "1e-9", "1e9", 60)))
    yield Case("tanh", "tanh(x)", lambda x, p: mp.tanh(x), (always(1), always(-1)) + ODD,
               f32=(("lin", -11, 11, 30),), f64=(("lin", -21, 21, 30),))
    yield Case("sqrt", "sqrt(x)", lambda x, p: NAN if x < 0 else mp.sqrt(x), (INF, NAN) + ODD, domain=0.0,
               f32=(("log", "2**-149", "2**-120", 25), ("log", "2**-120", "2**127.9", 70)),
               f64=(("log", "2**-1074", "2**-1010", 25), ("log", "2**-1010", "2**1023.9", 70)))
    yield Case("abs", "|x|", lambda x, p: abs(x), (INF, INF, ZERO, ZERO), **SUBNORMAL)

    yield Case("expm1", "exp(x) - 1", lambda x, p: mp.expm1(x), (INF, always(-1)) + ODD,
               f32=(("lin", -20, -14, 12), ("lin", 86, 90, 12), ("log", "1e-9", "1e-5", 8)),
               f64=(("lin", -40, -34, 12), ("lin", 706, 712, 12), ("log", "1e-18", "1e-9", 8)))
    yield Case("log1p", "log(1 + x)", lambda x, p: NAN if x < -1 else NEG_INF if x == -1 else log1p(x), (INF, NAN) + ODD,
               kinks=lambda p: [-1.0], domain=-1.0,
               f32=(("lin", "-0.99999", "-0.5", 30), ("lin", "-0.5", 1, 40), ("log", "1e3", "1e30", 20)),
               f64=(("lin", "-0.99999999999", "-0.5", 30), ("lin", "-0.5", 1, 40), ("log", "1e3", "1e300", 20)))
    yield Case("erf", "2/sqrt(pi) * integral of exp(-t^2) from 0 to x", lambda x, p: mp.erf(x),
               (always(1), always(-1)) + ODD, f32=(("lin", "-4.3", "4.3", 40),), f64=(("lin", "-6.3", "6.3", 40),))
    yield Case("erfc", "1 - erf(x)", lambda x, p: erfc(x), (ZERO, always(2), always(1), always(1)),
               f32=(("lin", 9, "10.3", 26), ("lin", -5, 9, 16)), f64=(("lin", 26, "27.4", 26), ("lin", -7, 26, 16)))
    yield Case("ndtr", "standard normal CDF: erfc(-x / sqrt(2)) / 2", lambda x, p: ndtr(x),
               (always(1), ZERO, always("0.5"), always("0.5")),
               f32=(("lin", -15, "-12.8", 26), ("lin", -13, 7, 16)), f64=(("lin", -39, -37, 26), ("lin", -37, 9, 16)))
    yield Case("sigmoid", "1 / (1 + exp(-x))", lambda x, p: sigmoid(x), (always(1), ZERO, always("0.5"), always("0.5")), **GATE)

    yield Case("relu", "max(x, 0); -0 stays -0, negative x gives +0", lambda x, p: x if x > 0 else ZERO,
               (INF, ZERO) + ODD, **SUBNORMAL)
    for slope in ("0.01", "0.2"):
        yield Case("leaky_relu" if slope == "0.01" else f"leaky_relu.negative_slope={slope}", "x > 0: x; else negative_slope*x",
                   lambda x, p: leaky(x, p["negative_slope"]), UP, "leaky_relu", {"negative_slope": slope}, **SUBNORMAL)
    yield Case("prelu", "x > 0: x; else init*x (init is the weight)", lambda x, p: leaky(x, p["init"]), UP,
               params={"init": "0.25"}, **SUBNORMAL)
    yield Case("rrelu", "inference: x > 0: x; else slope*x, slope = (lower + upper)/2 computed in float64, then rounded to the "
               "dtype",
               lambda x, p: leaky(x, p["slope"]), UP, params={"lower": "0.125", "upper": repr(1 / 3)}, **SUBNORMAL)
    yield Case("relu6", "min(max(x, 0), 6); -0 stays -0, negative x gives +0", lambda x, p: ZERO if x < 0 else min(x, mpf(6)),
               (always(6), ZERO) + ODD, kinks=lambda p: [6.0], **SUBNORMAL)
    for alpha in ("1", "2"):
        variant = "" if alpha == "1" else f".alpha={alpha}"
        negative = lambda p: -p["alpha"]
        yield Case("elu" + variant, "x > 0: x; else alpha*(exp(x) - 1)", elu, (INF, negative) + ODD, "elu", {"alpha": alpha},
                   **SATURATING)
        yield Case("celu" + variant, "x > 0: x; else alpha*(exp(x/alpha) - 1)", celu, (INF, negative) + ODD, "celu",
                   {"alpha": alpha}, f32=SATURATING["f32"] + (("lin", -42, -28, 10),),
                   f64=SATURATING["f64"] + (("lin", -84, -68, 10),))
    yield Case("selu", "x > 0: scale*x; else scale*alpha*(exp(x) - 1); alpha = 1.6732632423543772848170429916717, "
               "scale = 1.0507009873554804934193349852946, exact", lambda x, p: selu(x),
               (INF, lambda p: -mpf(SELU_SCALE) * mpf(SELU_ALPHA)) + ODD,
               f32=SATURATING["f32"] + (("log", "2**127.8", "2**127.99", 6),),
               f64=SATURATING["f64"] + (("log", "2**1023.8", "2**1023.99", 6),))

    yield Case("gelu", "x * ndtr(x), ndtr the standard normal CDF", lambda x, p: x * ndtr(x), SELF_GATED,
               "gelu", {"approximate": "none"},
               f32=(("lin", -15, "-11.8", 30), ("lin", -12, 8, 10)), f64=(("lin", -39, "-35.8", 30), ("lin", -36, 10, 10)))
    yield Case("gelu_tanh", "0.5*x*(1 + tanh(sqrt(2/pi)*(x + 0.044715*x^3))), constants exact", lambda x, p: gelu_tanh(x),
               SELF_GATED, "gelu", {"approximate": "tanh"},
               f32=(("lin", "-11.2", "-9.7", 30), ("lin", -10, 8, 10)),
               f64=(("lin", "-21.9", "-20.8", 30), ("lin", -21, 10, 10)))
    yield Case("gelu_sigmoid", "x * sigmoid(1.702*x), 1.702 exact", lambda x, p: x * sigmoid(mpf("1.702") * x), SELF_GATED,
               "gelu", {"approximate": "sigmoid"},
               f32=(("lin", -66, -49, 30), ("lin", -50, 12, 10)), f64=(("lin", -445, -410, 30), ("lin", -410, 25, 10)))
    yield Case("silu", "x * sigmoid(x)", lambda x, p: x * sigmoid(x), SELF_GATED, **GATE)
    yield Case("mish", "x * tanh(softplus(x)), softplus(x) = log(1 + exp(x)) without a threshold",
               lambda x, p: x * mp.tanh(softplus(x)), SELF_GATED, **GATE)
    yield Case("log_sigmoid", "log(sigmoid(x)) = -log(1 + exp(-x)); +inf gives +0", lambda x, p: -softplus(-x),
               (ZERO, NEG_INF) + (lambda p: -mp.log(2),) * 2,
               f32=(("lin", 84, 108, 30), ("lin", -108, -84, 4), ("lin", 10, 20, 6)),
               f64=(("lin", 698, 750, 30), ("lin", -750, -698, 4), ("lin", 30, 42, 6)))
    yield Case("lecun_tanh", "1.7159 * tanh(2*x/3), constants exact", lambda x, p: mpf("1.7159") * mp.tanh(2 * x / 3),
               (always("1.7159"), always("-1.7159")) + ODD, f32=(("lin", -15, 15, 30),), f64=(("lin", -32, 32, 30),))
    for low, high in (("-1", "1"), ("-2", "0.5")):
        yield Case("hardtanh" if low == "-1" else f"hardtanh.min_val={low},max_val={high}",
                   "x < min_val: min_val; x > max_val: max_val; else x", hardtanh,
                   (lambda p: p["max_val"], lambda p: p["min_val"]) + ODD, "hardtanh", {"min_val": low, "max_val": high},
                   kinks=lambda p: [p["min_val"], p["max_val"]],
                   f32=(("lin", "-2.5", "2.5", 20),) + SUBNORMAL["f32"], f64=(("lin", "-2.5", "2.5", 20),) + SUBNORMAL["f64"])
    yield Case("hardsigmoid", "clip(x + 3, 0, 6) / 6", lambda x, p: clip06(x) / 6 if x > -3 else ZERO,
               (always(1), ZERO, always("0.5"), always("0.5")), kinks=lambda p: [-3.0, 3.0],
               f32=(("lin", "-3.1", "-2.9", 12), ("lin", "-3.5", "3.5", 20)),
               f64=(("lin", "-3.1", "-2.9", 12), ("lin", "-3.5", "3.5", 20)))
    yield Case("hardswish", "x * clip(x + 3, 0, 6) / 6; x <= -3 gives -0",
               lambda x, p: x * clip06(x) / 6 if x > -3 else NEG_ZERO, SELF_GATED, kinks=lambda p: [-3.0, 3.0],
               f32=(("lin", "-3.1", "-2.9", 12), ("lin", "-3.5", "3.5", 14)) + SUBNORMAL["f32"],
               f64=(("lin", "-3.1", "-2.9", 12), ("lin", "-3.5", "3.5", 14)) + SUBNORMAL["f64"])
    for lambd in ("0.5", "0.25"):
        variant = "" if lambd == "0.5" else f".lambd={lambd}"
        shared = dict(params={"lambd": lambd}, kinks=lambda p: [-p["lambd"], p["lambd"]],
                      f32=(("lin", "-0.7", "0.7", 30),), f64=(("lin", "-0.7", "0.7", 30),))
        yield Case("softshrink" + variant, "x > lambd: x - lambd; x < -lambd: x + lambd; else +0",
                   lambda x, p: shrink(x, lambda v: v - mp.sign(v) * p["lambd"], p), (INF, NEG_INF, ZERO, ZERO),
                   "softshrink", **shared)
        yield Case("hardshrink" + variant, "|x| > lambd: x; else +0",
                   lambda x, p: shrink(x, lambda v: v, p), (INF, NEG_INF, ZERO, ZERO), "hardshrink", **shared)
    yield Case("tanhshrink", "x - tanh(x); odd, so -0 stays -0", lambda x, p: x - mp.tanh(x), UP,
               f32=(("log", "2**-50", "2**-40", 12), ("log", "1e-5", 1, 18)),
               f64=(("log", "2**-358", "2**-338", 12), ("log", "1e-9", 1, 18)))
    yield Case("softplus", "x*beta > threshold: x; else log(1 + exp(x*beta))/beta", softplus_beta,
               (INF, ZERO) + (lambda p: mp.log(2),) * 2, params={"beta": "1", "threshold": "20"},
               kinks=lambda p: [p["threshold"] / p["beta"]],
               f32=(("lin", -106, -84, 30), ("lin", 16, 22, 8)), f64=(("lin", -748, -698, 30), ("lin", 16, 22, 8)))
    yield Case("softplus.beta=2", "x*beta > threshold: x; else log(1 + exp(x*beta))/beta", softplus_beta,
               (INF, ZERO) + (lambda p: mp.log(2) / 2,) * 2, "softplus", {"beta": "2", "threshold": "20"},
               kinks=lambda p: [p["threshold"] / p["beta"]],
               f32=(("lin", -53, -42, 30), ("lin", 8, 11, 8)), f64=(("lin", -374, -349, 30), ("lin", 8, 11, 8)))
    yield Case("softsign", "x / (1 + |x|)", lambda x, p: x / (1 + abs(x)), (always(1), always(-1)) + ODD,
               f32=(("log", "2**20", "2**28", 10),) + SUBNORMAL["f32"], f64=(("log", "2**48", "2**56", 10),) + SUBNORMAL["f64"])
    yield Case("threshold.threshold=0.1,value=20", "x > threshold: x; else value",
               lambda x, p: x if x > p["threshold"] else p["value"],
               (INF,) + (lambda p: p["value"],) * 3, "threshold", {"threshold": "0.1", "value": "20"},
               kinks=lambda p: [p["threshold"]], f32=(("lin", "-0.3", "0.3", 30),), f64=(("lin", "-0.3", "0.3", 30),))


# --------------------------------------------------------------------------------------------- elementwise derivatives

# Where exp(x) becomes subnormal.
EXP_TAIL = dict(f32=(("lin", -105, -86, 24),), f64=(("lin", -747, -706, 24),))


def both(start, end, count):
    """A range and its mirror image."""
    return ("lin", start, end, count), ("lin", -number(end), -number(start), count)


def step(condition):
    return mpf(1) if condition else ZERO


def sech2(x):
    # 1 - tanh^2 without the cancellation
    return 4 * sigmoid(2 * x) * sigmoid(-2 * x)


def normal_density(x):
    return mp.exp(-x * x / 2) / mp.sqrt(2 * mp.pi)


def gelu_derivative(x, p):
    return ndtr(x) + x * normal_density(x)


def gelu_tanh_derivative(x, p):
    a, b = mp.sqrt(2 / mp.pi), mpf("0.044715")
    u = a * (x + b * x ** 3)
    return sigmoid(2 * u) * (1 + x * sigmoid(-2 * u) * 2 * a * (1 + 3 * b * x ** 2))


def silu_derivative(x, p):
    return sigmoid(x) * (1 + x * sigmoid(-x))


def gelu_sigmoid_derivative(x, p):
    return silu_derivative(mpf("1.702") * x, p)


def mish_derivative(x, p):
    # tanh(log(1 + e)) = w / (w + 2) with e = exp(x) and w = (1 + e)^2 - 1
    e = mp.exp(x)
    w = e * (e + 2)
    return w / (w + 2) + 4 * x * e * (1 + e) / (w + 2) ** 2


def root(value, near):
    bracket = lambda: (mpf(near) - mpf("0.01"), mpf(near) + mpf("0.01"))
    return lambda p: mp.findroot(lambda x: value(x, {}), bracket(), solver="illinois")


def derivatives():
    base = {case.file: case for case in cases()}
    more = (("lin", -8, 8, 40),)

    def of(file, formula, value, at, f32=(), f64=(), zero=None):
        """The derivative of the case: its parameters, its points, and more of them."""
        case = base[file]
        return replace(case, file=f"{file}.derivative", function=case.function or file, value=value, at=at, zero=zero,
                       formula=f"dy/dx = {formula}, where y = {case.formula}",
                       f32=case.f32 + f32 + more, f64=case.f64 + f64 + more)

    yield of("exp", "exp(x)", lambda x, p: mp.exp(x), (INF, ZERO, always(1), always(1)))
    yield of("log", "1/x for x > 0; x < 0: NaN", lambda x, p: NAN if x < 0 else 1 / x, (ZERO, NAN, INF, NEG_INF),
             (("log", "2**125", "2**127.99", 10),), (("log", "2**1021", "2**1023.99", 10),))
    yield of("tanh", "1 - tanh(x)^2", lambda x, p: sech2(x), (ZERO, ZERO, always(1), always(1)),
             both(43, "53.5", 16), both(353, "374.5", 16))
    yield of("sqrt", "1/(2*sqrt(x)), +inf at 0", lambda x, p: NAN if x < 0 else 1 / (2 * mp.sqrt(x)), (ZERO, NAN, INF, INF))
    yield of("abs", "sign(x), 0 at 0", lambda x, p: mp.sign(x), (always(1), always(-1), ZERO, ZERO))
    yield of("expm1", "exp(x)", lambda x, p: mp.exp(x), (INF, ZERO, always(1), always(1)), **EXP_TAIL)
    yield of("log1p", "1/(1 + x) for x > -1, +inf at -1", lambda x, p: NAN if x < -1 else INF if x == -1 else 1 / (1 + x),
             (ZERO, NAN, always(1), always(1)), (("log", "2**125", "2**127.99", 10),), (("log", "2**1021", "2**1023.99", 10),))
    yield of("erf", "2/sqrt(pi) * exp(-x^2)", lambda x, p: 2 / mp.sqrt(mp.pi) * mp.exp(-x * x),
             (ZERO, ZERO) + (lambda p: 2 / mp.sqrt(mp.pi),) * 2, both("9.2", "10.3", 18), both("26.5", "27.4", 18))
    yield of("erfc", "-2/sqrt(pi) * exp(-x^2)", lambda x, p: -2 / mp.sqrt(mp.pi) * mp.exp(-x * x),
             (ZERO, ZERO) + (lambda p: -2 / mp.sqrt(mp.pi),) * 2,
             (("lin", "-10.3", "-9.2", 18),), (("lin", "-27.4", "-26.5", 18),))
    yield of("ndtr", "exp(-x^2/2)/sqrt(2*pi)", lambda x, p: normal_density(x),
             (ZERO, ZERO) + (lambda p: 1 / mp.sqrt(2 * mp.pi),) * 2,
             (("lin", "13", "14.6", 24),), (("lin", "37.5", "38.7", 24),))
    yield of("sigmoid", "sigmoid(x)*sigmoid(-x)", lambda x, p: sigmoid(x) * sigmoid(-x),
             (ZERO, ZERO, always("0.25"), always("0.25")), (("lin", 84, 106, 30),), (("lin", 698, 748, 30),))

    yield of("relu", "x > 0: 1; else 0", lambda x, p: step(x > 0), (always(1), ZERO, ZERO, ZERO))
    for file, slope in (("leaky_relu", "negative_slope"), ("leaky_relu.negative_slope=0.2", "negative_slope"),
                        ("prelu", "init"), ("rrelu", "slope")):
        negative = lambda p, slope=slope: p[slope]
        yield of(file, f"x > 0: 1; else {slope}", lambda x, p, negative=negative: mpf(1) if x > 0 else negative(p),
                 (always(1),) + (negative,) * 3)
    yield of("relu6", "0 < x < 6: 1; else 0", lambda x, p: step(0 < x < 6), (ZERO,) * 4)
    for variant in ("", ".alpha=2"):
        tail = EXP_TAIL if not variant else dict(f32=(("lin", -210, -172, 24),), f64=(("lin", -1494, -1412, 24),))
        yield of("elu" + variant, "x > 0: 1; else alpha*exp(x)",
                 lambda x, p: mpf(1) if x > 0 else p["alpha"] * mp.exp(x), (always(1), ZERO) + (lambda p: p["alpha"],) * 2,
                 **EXP_TAIL)
        yield of("celu" + variant, "x > 0: 1; else exp(x/alpha)",
                 lambda x, p: mpf(1) if x > 0 else mp.exp(x / p["alpha"]), (always(1), ZERO, always(1), always(1)), **tail)
    yield of("selu", "x > 0: scale; else scale*alpha*exp(x)",
             lambda x, p: mpf(SELU_SCALE) * (1 if x > 0 else mpf(SELU_ALPHA) * mp.exp(x)),
             (always(SELU_SCALE), ZERO) + (lambda p: mpf(SELU_SCALE) * mpf(SELU_ALPHA),) * 2, **EXP_TAIL)

    gated = (always(1), ZERO, always("0.5"), always("0.5"))
    yield of("gelu", "ndtr(x) + x*exp(-x^2/2)/sqrt(2*pi)", gelu_derivative, gated, zero=root(gelu_derivative, "-0.7518"))
    yield of("gelu_tanh", "s + x*s*(1 - s)*2u'(x), s = sigmoid(2u), u = sqrt(2/pi)*(x + 0.044715*x^3)", gelu_tanh_derivative,
             gated, zero=root(gelu_tanh_derivative, "-0.7525"))
    yield of("gelu_sigmoid", "s*(1 + 1.702*x*(1 - s)), s = sigmoid(1.702*x)", gelu_sigmoid_derivative, gated,
             zero=root(gelu_sigmoid_derivative, "-0.7512"))
    yield of("silu", "s*(1 + x*(1 - s)), s = sigmoid(x)", silu_derivative, gated, zero=root(silu_derivative, "-1.2785"))
    yield of("mish", "t + x*(1 - t^2)*sigmoid(x), t = tanh(softplus(x))", mish_derivative,
             (always(1), ZERO, always("0.6"), always("0.6")), zero=root(mish_derivative, "-1.1924"))
    yield of("log_sigmoid", "sigmoid(-x)", lambda x, p: sigmoid(-x), (ZERO, always(1), always("0.5"), always("0.5")))
    yield of("lecun_tanh", "1.7159*2/3 * (1 - tanh(2*x/3)^2)", lambda x, p: mpf("1.7159") * 2 / 3 * sech2(2 * x / 3),
             (ZERO, ZERO) + (lambda p: mpf("1.7159") * 2 / 3,) * 2, both("64.5", "80.5", 16), both("529.5", 562, 16))
    for variant in ("", ".min_val=-2,max_val=0.5"):
        yield of("hardtanh" + variant, "min_val < x < max_val: 1; else 0", lambda x, p: step(p["min_val"] < x < p["max_val"]),
                 (ZERO, ZERO, always(1), always(1)))
    yield of("hardsigmoid", "-3 < x < 3: 1/6; else 0", lambda x, p: mpf(1) / 6 if -3 < x < 3 else ZERO,
             (ZERO, ZERO) + (lambda p: mpf(1) / 6,) * 2)
    yield of("hardswish", "x <= -3: 0; x >= 3: 1; else (2*x + 3)/6",
             lambda x, p: ZERO if x <= -3 or x == -1.5 else mpf(1) if x >= 3 else (2 * x + 3) / 6, gated,
             zero=always("-1.5"))
    for variant in ("", ".lambd=0.25"):
        for function in ("softshrink", "hardshrink"):
            yield of(function + variant, "|x| > lambd: 1; else 0", lambda x, p: step(abs(x) > p["lambd"]),
                     (always(1), always(1), ZERO, ZERO))
    yield of("tanhshrink", "tanh(x)^2", lambda x, p: mp.tanh(x) ** 2, (always(1), always(1), ZERO, ZERO),
             (("log", "2**-76", "2**-62", 12),), (("log", "2**-540", "2**-510", 12),))
    for variant in ("", ".beta=2"):
        yield of("softplus" + variant, "x*beta > threshold: 1; else sigmoid(x*beta)",
                 lambda x, p: mpf(1) if x * p["beta"] > p["threshold"] else sigmoid(x * p["beta"]), gated)
    yield of("softsign", "1/(1 + |x|)^2", lambda x, p: 1 / (1 + abs(x)) ** 2, (ZERO, ZERO, always(1), always(1)),
             (("log", "2**62", "2**76", 12),), (("log", "2**510", "2**539", 12),))
    yield of("threshold.threshold=0.1,value=20", "x > threshold: 1; else 0", lambda x, p: step(x > p["threshold"]),
             (always(1), ZERO, ZERO, ZERO))


# ------------------------------------------------------------------------------------------------------------- the points

def number(decimal):
    """A range's end: a number, a decimal, or a power of two such as 2**-149."""
    base, power, exponent = str(decimal).partition("**")
    return mpf(base) ** mpf(exponent) if power else mpf(base)


def ranges(kind, start, end, count, offset):
    """count numbers from start to end, each moved within its own cell by a golden-ratio sequence. "lin": evenly spaced, signed.
    "log": evenly spaced magnitudes, both signs (twice count, with different offsets)."""
    golden = (mp.sqrt(5) - 1) / 2
    a, b = number(start), number(end)
    result = []
    for k in range(count):
        for sign in ((1,) if kind == "lin" else (1, -1)):
            t = (k + mp.frac(golden * (k + 1) + offset + sign * mpf("0.17"))) / count
            result.append(a + (b - a) * t if kind == "lin" else sign * mp.exp(mp.log(a) + (mp.log(b) - mp.log(a)) * t))
    return result


def around(zero, dtype):
    """The 4 numbers nearest to the zero, and 12 within 0.05."""
    with mp.workdps(60):
        z = zero(None)
        near = {y for x in dtype.neighbours(dtype.round(z)) for y in [x] + dtype.neighbours(x)}
        return sorted(near, key=lambda x: (abs(x - z), x))[:4] + [z + d for d in ranges("log", "1e-5", "0.05", 6, mpf("0.4"))]


def points(case, dtype):
    """Every finite x of a table other than zero, ascending, without repetition. A derivative has its function's, and more."""
    with mp.workdps(50):
        xs = [s * v for v in (dtype.smallest(), dtype.smallest_normal(), dtype.largest()) for s in (-1, 1)]
        for kink in case.kinks(case.resolved(dtype)):
            xs += [kink] + dtype.neighbours(kink)
        tiny, huge = ("2**-140", "2**127") if dtype is F32 else ("2**-1060", "2**1000")
        xs += ranges("log", tiny, huge, 14, mpf("0.1"))
        xs += ranges("log", "1e-8", "1e3", 36, mpf("0.2"))
        xs += ranges("lin", -30, 30, 64, mpf("0.3"))
        for i, extra in enumerate(case.f32 if dtype is F32 else case.f64):
            xs += ranges(*extra, mpf(i + 4) / 10)
        xs += around(case.zero, dtype) if case.zero else []
        seed = f"{case.file.removesuffix('.derivative')} {dtype.name}"
        rng = random.Random(seed)       # a str seed is hashed the same way everywhere
        xs += [20 * rng.random() - 10 for _ in range(20)]
        xs += [(1 if rng.random() < 0.5 else -1) * mp.exp(mp.log(10) * (8 * rng.random() - 6)) for _ in range(20)]
    rounded = sorted({dtype.round(x) for x in xs} - {0.0})
    outside = [x for x in rounded if x < case.domain]
    kept = set(outside[::max(1, len(outside) // 8)] + outside[-1:])
    return [x for x in rounded if x >= case.domain or x in kept]


# ------------------------------------------------------------------------------------------------- rows and pairs

def rows(dtype, extreme):
    """Rows for softmax and its kin. extreme: also rows near the dtype's largest value, for temperature 1 only."""
    inf, nan = math.inf, math.nan
    result = [[1000, 1001, 1002], [-1000, -1001, -1002], [0.0], [5.0], [-3.5], [0.0, 0.0], [2.5] * 4, [-7.25] * 17,
              [1e30] * 3, [0.0, -0.0, 0.0], [100.0, 0.0], [0.0, -100.0, -50.0, -20.0], [-1e30, 0.0, 1e30],
              [1e4, -1e4, 9999.0, 0.0],
              [88.0, 89.0, 90.0], [-104.0, -103.0, 0.0], [-745.0, -744.0, 0.0], [710.0, 709.0, 711.0],
              [nan, 1.0, 2.0], [1.0, nan, inf], [nan], [inf, 1.0, 2.0], [1.0, 2.0, inf], [inf, -inf, 0.0], [inf, inf], [inf],
              [1.0, -inf, nan],
              [-inf, 1.0, 2.0], [1.0, -inf, 3.0, -inf], [-inf, -inf, 0.5], [-inf, -inf, -inf], [-inf], [inf, 0.5, inf]]
    if extreme:
        big = dtype.largest()
        result += [[-big, big], [big, big], [-big, -big, -big], [0.0, big, -big]]
    rng = random.Random(f"rows {dtype.name}")
    for length in (1, 2, 3, 7, 15, 16, 17, 67):
        for scale in (1, 10) if length == 67 else (1, 10, 100):
            result.append([dtype.round(scale * (2 * rng.random() - 1)) for _ in range(length)])
    wide = [dtype.round(2 * rng.random() - 1) for _ in range(17)]
    wide[4], wide[11] = -inf, -inf
    result.append(wide)
    return [[dtype.round(x) for x in row] for row in result]


def row_values(row, function, sign, temperature):
    """The function along one row, scaled by sign/temperature: NaN everywhere for any NaN, any +inf, or nothing but -inf."""
    scaled = [sign * x for x in row]
    if any(math.isnan(x) or x == math.inf for x in scaled) or all(x == -math.inf for x in scaled):
        return [NAN] * len(row)

    def compute():
        finite = iter(function([mpf(x) / temperature for x in scaled if x != -math.inf]))
        hole = ZERO if function is softmax else NEG_INF
        return [hole if x == -math.inf else next(finite) for x in scaled]

    return evaluate(compute)


def pairs(dtype):
    """(a, b) for glu. Left out: infinite a with a finite b whose gate underflows (exact: infinite; in the dtype: inf * 0)."""
    inf, nan, big = math.inf, math.nan, dtype.largest()
    result = [(a, b) for a in (1.0, -2.5, 0.0, -0.0) for b in (0.0, -0.0, inf, -inf, nan, 1.5, -30.0)]
    result += [(nan, b) for b in (0.0, inf, -inf, nan)]
    result += [(a, b) for a in (inf, -inf) for b in (0.0, 2.0, -2.0, inf, -inf, nan)]
    result += [(s * a, b) for s in (1, -1) for a in (dtype.smallest(), dtype.smallest_normal(), big) for b in (-1.0, 1.0, 40.0)]
    low, high = (-108, -84) if dtype is F32 else (-750, -698)
    rng = random.Random(f"glu {dtype.name}")
    span = lambda a, b: a + (b - a) * rng.random()
    result += [(span(-4, 4), span(-6, 6)) for _ in range(100)]
    result += [(span(-50, 50), span(-30, 30)) for _ in range(40)]
    result += [(span(-4, 4), span(low, high)) for _ in range(40)]
    result += [(span(-1, 1) * 1e12, span(low - 20, low)) for _ in range(8)]     # the gate underflows, the product does not
    return [(dtype.round(a), dtype.round(b)) for a, b in result]


def glu(a, b):
    if math.isnan(a) or math.isnan(b) or (math.isinf(a) and b == -math.inf):
        return NAN
    if a == 0 or b == -math.inf:
        return ZERO if math.copysign(1.0, a) > 0 else NEG_ZERO
    if math.isinf(a):
        return INF if a > 0 else NEG_INF
    return evaluate(lambda: [mpf(a) if b == math.inf else mpf(a) * sigmoid(mpf(b))])[0]


def gradient_rows(dtype):
    """(row, upstream): the finite rows and those with some -inf, with a random upstream; for all of the latter and every
    fifth of the former also with ones, where softmax's gradient is zero, and with a one-hot upstream."""
    kept = [row for row in rows(dtype, extreme=False) if -math.inf < max(row) < math.inf and not any(map(math.isnan, row))]
    rng = random.Random(f"upstream {dtype.name}")
    result = []
    for k, row in enumerate(kept):
        result.append((row, [dtype.round(4 * rng.random() - 2) for _ in row]))
        if k % 5 == 0 or -math.inf in row:
            hot = rng.randrange(len(row))
            result += [(row, [1.0] * len(row)), (row, [float(i == hot) for i in range(len(row))])]
    return result


def gradient_pairs(dtype):
    """(a, b) for glu's gradient: the finite ones, and those with a gate that underflows mirrored, as b's gradient is even."""
    finite = [(a, b) for a, b in pairs(dtype) if math.isfinite(a) and math.isfinite(b)]
    return finite + [(a, -b) for a, b in finite if b < -80]


def glu_gradient(a, b):
    a, b = mpf(a), mpf(b)
    return [sigmoid(b), a * sigmoid(b) * sigmoid(-b) if a else ZERO]


# ------------------------------------------------------------------------------------------------------------ the tables

def header(function, params, dtype, formula, used=None, columns=None, derivative=False):
    lines = [f"# function: {function}",
             "# parameters: " + (", ".join(f"{k}={v}" for k, v in params.items()) or "none"),
             f"# dtype: {dtype.name}",
             f"# formula: {formula}"]
    if used:
        lines.append(f"# used: parameters are rounded to {dtype.name} first: "
                     + ", ".join(f"{k}={dtype.hex(v)}" for k, v in used.items()))
    what, zeros = ("derivative", "0.0 is an exact zero of no sign") if derivative else ("value", "0.0 and -0.0 are exact zeros")
    lines += [f"# y: the exact {what} to {WRITTEN_DIGITS} digits, not rounded to the dtype; beyond 1e+-{EXPONENT_LIMIT}: "
              f"+-1e+-{EXPONENT_LIMIT}; {zeros}",
              f"# source: reference_tables.py, mpmath {mpmath.__version__}, {START_DIGITS} decimal digits or more; "
              "do not edit by hand"]
    return lines + ([f"# columns: {columns}"] if columns else ["x,y"])


def elementwise_table(case, dtype):
    used = case.resolved(dtype)
    exact = {k: mpf(v) for k, v in used.items()}
    lines = header(case.function or case.file, case.params, dtype, case.formula, used,
                   derivative=case.file.endswith(".derivative")) + [f"{NAN},{NAN}"]
    for x, rule in zip((math.inf, -math.inf, 0.0, -0.0), case.at):
        y = rule if isinstance(rule, str) else evaluate(lambda: [rule(exact)])[0]
        lines.append(f"{dtype.hex(x)},{y}")
    for x in points(case, dtype):
        lines.append(f"{dtype.hex(x)},{evaluate(lambda: [case.value(mpf(x), exact)])[0]}")
    return lines


def row_tables(dtype):
    softmax_formula = "exp(x/temperature) / sum of exp(x/temperature) over the row"
    for file, function, params, formula, computed, sign, temperature in (
            ("softmax", "softmax", {"temperature": "1"}, softmax_formula, softmax, 1, 1),
            ("softmax.temperature=0.5", "softmax", {"temperature": "0.5"}, softmax_formula, softmax, 1, 0.5),
            ("softmax.temperature=2", "softmax", {"temperature": "2"}, softmax_formula, softmax, 1, 2),
            ("log_softmax", "log_softmax", {}, "x - log(sum of exp(x) over the row)", log_softmax, 1, 1),
            ("softmin", "softmin", {}, "softmax(-x)", softmax, -1, 1)):
        lines = header(function, params, dtype, formula, columns="x1 x2 ... | y1 y2 ..., one row a line")
        for row in rows(dtype, extreme=temperature == 1):
            values = row_values(row, computed, sign, mpf(temperature))
            lines.append(" ".join(map(dtype.hex, row)) + " | " + " ".join(values))
        yield file, lines
    lines = header("glu", {}, dtype, "a * sigmoid(b), a the first half, b the second", columns="a b | y")
    yield "glu", lines + [f"{dtype.hex(a)} {dtype.hex(b)} | {glu(a, b)}" for a, b in pairs(dtype)]


def row_derivative_tables(dtype):
    softmax_formula = "y_i*(u_i - sum of u_j*y_j)/temperature, y = softmax(x/temperature)"
    for file, function, params, formula, computed, sign, temperature in (
            ("softmax", "softmax", {"temperature": "1"}, softmax_formula, softmax, 1, 1),
            ("softmax.temperature=0.5", "softmax", {"temperature": "0.5"}, softmax_formula, softmax, 1, 0.5),
            ("softmax.temperature=2", "softmax", {"temperature": "2"}, softmax_formula, softmax, 1, 2),
            ("log_softmax", "log_softmax", {}, "u_i - y_i * sum of u_j, y = softmax(x)", log_softmax, 1, 1),
            ("softmin", "softmin", {}, "-y_i*(u_i - sum of u_j*y_j), y = softmin(x)", softmax, -1, 1)):
        lines = header(function, params, dtype, f"g_i = {formula}, u the upstream gradient",
                       columns="x1 x2 ... | u1 u2 ... | g1 g2 ..., one row a line", derivative=True)
        for row, upstream in gradient_rows(dtype):
            if sign < 0 and -math.inf in row:
                row = [-x for x in row]        # so that softmin too has outputs of 0
            scaled = [sign * x for x in row]
            values = evaluate(lambda: row_gradient(computed, scaled, [sign * u for u in upstream], mpf(temperature)))
            lines.append(" | ".join([" ".join(map(dtype.hex, row)), " ".join(map(dtype.hex, upstream)), " ".join(values)]))
        yield f"{file}.derivative", lines
    lines = header("glu", {}, dtype, "da = sigmoid(b), db = a*sigmoid(b)*sigmoid(-b), where y = a * sigmoid(b)",
                   columns="a b | da db", derivative=True)
    yield "glu.derivative", lines + [f"{dtype.hex(a)} {dtype.hex(b)} | {' '.join(evaluate(lambda: glu_gradient(a, b)))}"
                                     for a, b in gradient_pairs(dtype)]


def onnx_table():
    """The cases of onnx_cases.py, which are float32."""
    lines = header("onnx", {}, F32, "those of the ONNX operator specification",
                   columns="operator | attributes | x1 x2 ... | y1 y2 ..., one case a line")
    for operator, attributes, xs, ys in onnx_cases.cases(F32.round, evaluate):
        lines.append(" | ".join([operator, attributes, " ".join(map(F32.hex, xs)), " ".join(ys)]))
    return lines


def tables():
    yield f"onnx.{F32.suffix}.csv", onnx_table()
    for case in [*cases(), *derivatives()]:
        for dtype in DTYPES:
            yield f"{case.file}.{dtype.suffix}.csv", elementwise_table(case, dtype)
    for dtype in DTYPES:
        for file, lines in [*row_tables(dtype), *row_derivative_tables(dtype)]:
            yield f"{file}.{dtype.suffix}.csv", lines


# ------------------------------------------------------------------------------------------------------------ self-test

def derivative_test(by_file):
    """Every derivative against a numerical one of its function, and against its own rules at the infinities and left of 0."""
    number = lambda y: mpf(y) if isinstance(y, str) else y
    close = lambda a, b: a == b or mp.isnan(a) and mp.isnan(b) or abs(a - b) <= mpf(10) ** -30 * max(1, abs(b))
    functions = [file for file in by_file if not file.endswith(".derivative")]
    assert {f"{file}.derivative" for file in functions} == by_file.keys() - set(functions)
    with mp.workdps(60):
        for file in functions:
            case, function = by_file[f"{file}.derivative"], by_file[file].value
            exact = {k: mpf(v) for k, v in case.resolved(F64).items()}
            for x in map(mpf, ("-4.7", "-2.3", "-1.1", "-0.37", "-0.04", "0.04", "0.37", "1.9", "5.3", "7.5", "23")):
                got, expected = number(case.value(x, exact)), mp.diff(lambda t: number(function(t, exact)), x)
                assert close(got, expected), (file, x, got, expected)
            limits = [number(rule if isinstance(rule, str) else rule(exact)) for rule in case.at]
            for x, limit in ((mpf("1e99"), limits[0]), (mpf("-1e99"), limits[1]), (mpf("-1e-99"), limits[3])):
                if mp.isfinite(limit) and (abs(x) > 1 or file != "abs"):
                    assert close(number(case.value(x, exact)), limit), (file, x, limit)
        x, u = [mpf(v) for v in (0.5, -1, 2, 0.5)], [1.0, -0.75, 2.0, 0.25]
        for function, temperature in ((softmax, 0.5), (softmax, 2), (log_softmax, 1)):
            for i in range(len(x)):
                loss = lambda t: mp.fdot(u, function([v / temperature for v in x[:i] + [t] + x[i + 1:]]))
                got, expected = row_gradient(function, x, u, temperature)[i], mp.diff(loss, x[i])
                assert close(got, expected), (function, temperature, i, got, expected)
        assert row_gradient(softmax, [0.5, -1.0, -math.inf], [0.5, 0.5, 2.0], 1) == [ZERO] * 3
        for i in range(2):
            assert close(glu_gradient(0.75, -2.5)[i], mp.diff(lambda a, b: a * sigmoid(b), (0.75, -2.5), (1 - i, i))), i


def self_test():
    """Published or independently derived values, the formatting, and the precision loop where it has to work."""
    by_file = {case.file: case for case in [*cases(), *derivatives()]}
    known = [("gelu", 1.0, "0.84134474606854294858523254563"), ("erfc", 5.0, "1.5374597944280348501883434853834e-12"),
             ("erf", 1.0, "0.84270079294971486934122063508"), ("ndtr", -10.0, "7.619853024160526065973343251599e-24"),
             ("mish", 1.0, "0.86509838826731034"), ("silu", 1.0, "0.73105857863000487925115924182"),
             ("tanh", 1.0, "0.76159415595576488811945828260"), ("exp", 1.0, "2.71828182845904523536028747135"),
             ("log", 2.0, "0.69314718055994530941723212146"), ("sqrt", 2.0, "1.41421356237309504880168872421"),
             ("expm1", -1.0, "-0.63212055882855767840447622984"), ("log1p", 1.0, "0.69314718055994530941723212146"),
             ("sigmoid", -1.0, "0.26894142136999512074884075818"), ("hardswish", 1.0, "0.66666666666666666666666666667"),
             ("softplus", 1.0, "1.31326168751822283404899549496"), ("softsign", -3.0, "-0.75"),
             ("gelu.derivative", 1.0, "1.0833154705876864"), ("silu.derivative", 1.0, "0.92767051187"),
             ("mish.derivative", 1.0, "1.0490362200997922"), ("tanh.derivative", 1.0, "0.41997434161402606939"),
             ("sigmoid.derivative", 0.0, "0.25000000000000000000")]
    with mp.workdps(60):
        for file, x, expected in known:
            case = by_file[file]
            exact = {k: mpf(v) for k, v in case.resolved(F64).items()}
            got = mpf(evaluate(lambda: [case.value(mpf(x), exact)])[0])
            digits = len(expected.partition("e")[0].lstrip("-0.").replace(".", ""))
            assert abs(got - mpf(expected)) <= abs(mpf(expected)) * mpf(10) ** (2 - digits), (file, x, got, expected)
        # x - tanh x = x^3/3 - 2 x^5/15 + ..., where 660 digits cancel
        x = mpf(2) ** -1060
        got = mpf(evaluate(lambda: [x - mp.tanh(x)])[0])
        assert abs(got / (x ** 3 / 3) - 1) < mpf(10) ** -39, got
        # the normal tail against its integral, by quadrature instead of erfc
        # (quad's error is absolute, so the factor exp(-x^2/2) stays outside)
        for x in (13, 38):
            integral = mp.quad(lambda s: mp.exp(-x * s - s * s / 2), mp.linspace(0, 12, 49))
            tail = mp.exp(-mpf(x) ** 2 / 2) / mp.sqrt(2 * mp.pi) * integral
            assert abs(ndtr(mpf(-x)) / tail - 1) < mpf(10) ** -39, x
    derivative_test(by_file)
    written = [(F32, 1.5, "0x1.8p0"), (F32, -0.0, "-0x0.0p0"), (F32, F32.smallest(), "0x0.000002p-126"),
               (F32, F32.largest(), "0x1.fffffep127"), (F64, F64.smallest(), "0x0.0000000000001p-1022"),
               (F64, 0.1, "0x1.999999999999ap-4"), (F64, -math.inf, "-inf"), (F32, F32.round(0.1), "0x1.99999ap-4")]
    for dtype, x, expected in written:
        assert dtype.hex(x) == expected, (dtype.name, x, dtype.hex(x))
    assert text(mpf("0.25")) == "2.5e-1" and text(mp.exp(mpf(-10) ** 9)) == "1e-9999" and text(-mpf(10) ** 20000) == "-1e9999"


def without_source(lines):
    """The mpmath version may differ between machines; the values may not."""
    return [line for line in lines if not line.startswith("# source:")]


def check():
    """Prints every difference between the files and a fresh run; returns how many files differ."""
    wrong, expected = 0, set()
    for file, lines in tables():
        expected.add(file)
        path = OUTPUT / file
        old = path.read_text(encoding="ascii").splitlines() if path.exists() else []
        if without_source(old) != without_source(lines):
            changed = sum(a != b for a, b in zip(old, lines)) + abs(len(old) - len(lines))
            print(f"{file}: " + (f"{changed} lines differ" if old else "missing"))
            wrong += 1
    for path in sorted(OUTPUT.glob("*.csv")):
        if path.name not in expected:
            print(f"{path.name}: no case writes this file")
            wrong += 1
    print(f"{len(expected)} tables checked, {wrong} differ")
    return wrong


def main():
    parser = argparse.ArgumentParser(description="Writes the conformance kit's reference tables.")
    parser.add_argument("--check", action="store_true", help="compare a fresh run with the files instead of writing them")
    parser.add_argument("--self-test", action="store_true", help="verify known values only")
    arguments = parser.parse_args()
    self_test()
    if arguments.self_test:
        return 0
    if arguments.check:
        return 1 if check() else 0
    OUTPUT.mkdir(parents=True, exist_ok=True)
    count = data = size = 0
    for file, lines in tables():
        content = "\n".join(lines) + "\n"
        (OUTPUT / file).write_text(content, encoding="ascii", newline="\n")
        count, size = count + 1, size + len(content)
        data += sum(not line.startswith("#") and line != "x,y" for line in lines)
    print(f"{count} tables, {data} rows, {size} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
