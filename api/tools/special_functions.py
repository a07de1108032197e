#!/usr/bin/env python3
"""Derives the coefficients of io.ember4j.expr's special functions and tabulates the functions.

  special_functions.py coefficients        the coefficient arrays, as Java
  special_functions.py table               the committed test table (about 150 points per function)
  special_functions.py table --points N    a dense table, to measure the accuracy with

Needs mpmath. Every number is computed with at least 60 digits, from the defining formula wherever
that is possible, so that the table shares nothing with the Java code.
"""
import argparse
import math
import random

from mpmath import mp, mpf

mp.dps = 60

# ---------------------------------------------------------------- coefficients


def chebyshev_polynomial(f, low, high, degree):
    """Monomial coefficients (ascending) of the Chebyshev interpolant of f on [low, high]."""
    n = degree + 1
    nodes = [mp.cos(mp.pi * (2 * k + 1) / (2 * n)) for k in range(n)]
    values = [f((low + high) / 2 + (high - low) / 2 * t) for t in nodes]
    series = [
        mpf(2) / n * mp.fsum(v * mp.cos(mp.pi * j * (2 * k + 1) / (2 * n))
                             for k, v in enumerate(values))
        for j in range(n)
    ]
    series[0] /= 2
    # Clenshaw's recurrence on polynomials in x, with t = slope * x + shift.
    slope, shift = 2 / (high - low), -(high + low) / (high - low)

    def times_t(p):
        out = [shift * c for c in p] + [mpf(0)]
        for i, c in enumerate(p):
            out[i + 1] += slope * c
        return out

    def add(p, q, sign=1):
        size = max(len(p), len(q))
        p = p + [mpf(0)] * (size - len(p))
        q = q + [mpf(0)] * (size - len(q))
        return [a + sign * b for a, b in zip(p, q)]

    b1, b2 = [mpf(0)], [mpf(0)]
    for c in reversed(series[1:]):
        b1, b2 = add(add([2 * v for v in times_t(b1)], [c]), b2, -1), b1
    return add(add(times_t(b1), [series[0]]), b2, -1)[:n]


def largest_error(f, coefficients, low, high):
    points = [low + (high - low) * i / 400 for i in range(401)]
    return max(abs(mp.polyval(coefficients[::-1], x) - f(x)) for x in points)


def taylor_at_zero(f, at_zero):
    """f with its removable singularity at zero filled in."""
    return lambda x: at_zero if abs(x) < mpf(10) ** -15 else f(x)


def exp_remainder(r):
    return (mp.exp(r) - 1 - r - r * r / 2) / r**3


def log_remainder(s):
    root = mp.sqrt(s)
    return (mp.atanh(root) / root - 1) / s


def erf_remainder(s):
    root = mp.sqrt(s)
    return (mp.erf(root) / root - 2 / mp.sqrt(mp.pi)) / s


SPLIT = mpf(4)
FARTHEST = mpf(28)


def scaled_erfc(q):
    t = SPLIT * (1 + q) / (1 - q)
    return (1 + 2 * t) * mp.exp(t * t) * mp.erfc(t)


def erfc_coefficients(degree):
    low, high = mpf(-1), (FARTHEST - SPLIT) / (FARTHEST + SPLIT)
    return chebyshev_polynomial(scaled_erfc, low, high, degree), low, high


def java_double(x):
    return float(x).hex().replace("0x1.0000000000000p", "0x1.0p")


def print_array(name, coefficients):
    print(f"  private static final double[] {name} = {{")
    for i in range(0, len(coefficients), 3):
        print("    " + ", ".join(map(java_double, coefficients[i:i + 3])) + ",")
    print("  };")


def print_pair(name, value):
    high = mpf(float(value))
    print(f"  {name} = {java_double(high)} + {java_double(value - high)}")


def print_fit(name, f, coefficients, low, high):
    error = mp.nstr(largest_error(f, coefficients, low, high), 3)
    print(f"\n  // {name}: error {error} on [{mp.nstr(low, 8)}, {mp.nstr(high, 8)}]")


def coefficients():
    low, high = -mp.log(2) / 2 - mpf("1e-6"), mp.log(2) / 2 + mpf("1e-6")
    f = taylor_at_zero(exp_remainder, mpf(1) / 6)
    c = chebyshev_polynomial(f, low, high, 11)
    print_fit("exp: (e^r - 1 - r - r^2/2) / r^3", f, c, low, high)
    print_array("EXP", c)

    ln2_high = mp.floor(mp.log(2) * mpf(2) ** 40) / mpf(2) ** 40
    print(f"  ln 2 = {java_double(ln2_high)} (40 bits) + {java_double(mp.log(2) - ln2_high)}")

    low, high = mpf(0), mpf(1) / 9
    f = taylor_at_zero(log_remainder, mpf(1) / 3)
    c = chebyshev_polynomial(f, low, high, 11)
    print_fit("log: (atanh(z)/z - 1) / z^2 in z^2", f, c, low, high)
    print_array("ATANH", c)

    low, high = mpf(0), mpf("0.59375") ** 2
    f = taylor_at_zero(erf_remainder, -2 / (3 * mp.sqrt(mp.pi)))
    c = chebyshev_polynomial(f, low, high, 10)
    print_fit("erf: (erf(x)/x - 2/sqrt(pi)) / x^2 in x^2", f, c, low, high)
    print_array("ERF", c)

    c, low, high = erfc_coefficients(24)
    print_fit(f"erfc: (1 + 2t) e^(t^2) erfc(t), q = (t - {SPLIT}) / (t + {SPLIT})",
              scaled_erfc, c, low, high)
    print_pair("constant term", c[0])
    print_array("SCALED_ERFC", c[1:])

    print()
    print_pair("2 / sqrt(pi)", 2 / mp.sqrt(mp.pi))
    print_pair("sqrt(1/2)", mp.sqrt(mpf(1) / 2))
    print_pair("1.702", mpf("1.702"))
    print_pair("2 sqrt(2/pi)", 2 * mp.sqrt(2 / mp.pi))
    print_pair("2 sqrt(2/pi) 0.044715", 2 * mp.sqrt(2 / mp.pi) * mpf("0.044715"))
    print_pair("1 / sqrt(2 pi)", 1 / mp.sqrt(2 * mp.pi))
    print_pair("4/3", mpf(4) / 3)
    print_pair("1.7159 8/3", mpf("1.7159") * 8 / 3)

    for name, zero in ZEROS.items():
        print_zero(name, FUNCTIONS[name][0], zero)


def print_zero(name, f, zero):
    """f(zero + d) = d (slope + d p(d)), with the coefficients of p."""
    radius = mpf(1) / 4
    slope, half_curvature = mp.diff(f, zero), mp.diff(f, zero, 2) / 2
    p = taylor_at_zero(lambda d: (f(zero + d) / d - slope) / d, half_curvature)
    c = chebyshev_polynomial(p, -radius, radius, 15)
    print_fit(f"{name} about its zero", p, c, -radius, radius)
    print_pair("zero", zero)
    print_pair("slope", slope)
    print_array(name.upper(), c)


# ---------------------------------------------------------------- table


def cancelling(f, digits):
    """f, evaluated with digits(x) more digits than usual."""

    def g(x):
        with mp.workdps(mp.dps + int(digits(x))):
            return +f(x)

    return g


def gelu_tanh(x):
    u = mp.sqrt(2 / mp.pi) * (x + mpf("0.044715") * x**3)
    return x / 2 * (1 + mp.tanh(u))


def sigmoid(x):
    return 1 / (1 + mp.exp(-x))


def normal_distribution(x):
    return mp.erfc(-x / mp.sqrt(2)) / 2


def normal_density(x):
    return mp.exp(-x * x / 2) / mp.sqrt(2 * mp.pi)


def x_sigmoid_derivative(k):
    """The derivative of x sigmoid(k x), its second factor being 1 + k x (1 - sigmoid(k x))."""
    return lambda x: sigmoid(k * x) * (1 + k * x * sigmoid(-k * x))


def gelu_tanh_derivative(x):
    u = mp.sqrt(2 / mp.pi) * (x + mpf("0.044715") * x**3)
    slope = mp.sqrt(2 / mp.pi) * (1 + 3 * mpf("0.044715") * x**2)
    return (1 + mp.tanh(u)) / 2 + x / 2 * mp.sech(u) ** 2 * slope


def mish_derivative(x):
    softplus = mp.log1p(mp.exp(x))
    return mp.tanh(softplus) + x * mp.sech(softplus) ** 2 * sigmoid(x)


def lost_to_zero(x):
    return 2 * max(0, -mp.log10(abs(x)))


# name: (definition, where its result leaves the normal doubles, where it underflows, other places
# to look closely at: extrema, zeros and the borders between the methods of the implementation)
FUNCTIONS = {
    "erf": (mp.erf, None, 6.5, (0.59375, 1, 5.9)),
    "erfc": (mp.erfc, 26.5, 27.3, (-6, -1, 0.59375, 1, 4)),
    "ndtr": (normal_distribution, -37.5, -38.6, (-0.8396893026590252, 1, 8.2, -5.6)),
    "gelu": (lambda x: x * normal_distribution(x), -37.6, -38.7, (-0.75, -1, 1, 8.2)),
    "gelu_tanh": (cancelling(gelu_tanh, lambda x: min(abs(x), 40) ** 2), -20.9, -21.7,
                  (-0.75, -1, 1, 5)),
    "gelu_sigmoid": (lambda x: x * sigmoid(mpf("1.702") * x), -419, -442.5, (-0.75, 1, 22, 35.3)),
    "silu": (lambda x: x * sigmoid(x), -714, -752.5, (-1.278, 1, 36.7, 60)),
    "mish": (lambda x: x * mp.tanh(mp.log1p(mp.exp(x))), -714, -752.5, (-1.192, 1, 18, 60)),
    "sigmoid": (sigmoid, -708, -745.5, (-1, 1, 36.7, 60)),
    "softplus": (lambda x: mp.log1p(mp.exp(x)), -708, -745.5, (-40, -1, 1, 36, 40)),
    "log_sigmoid": (lambda x: -mp.log1p(mp.exp(-x)), 708, 745.5, (-40, -36, -1, 1, 40)),
    "tanhshrink": (cancelling(lambda x: x - mp.tanh(x), lost_to_zero), None, 60, (0.5, 1, 19, 60)),
    "expm1": (mp.expm1, -37, 709.7, (0.5, -0.3, 1)),
    "log1p": (mp.log1p, -0.9999, 1e300, (-0.5, -0.3, 0.41, 1)),
    "erf_derivative": (lambda x: 2 / mp.sqrt(mp.pi) * mp.exp(-x * x), 26.6, 27.3, (-5, -1, 0.3, 1)),
    "normal_pdf": (normal_density, 37.6, 38.6, (-5, -1, 0.3, 1)),
    "sigmoid_derivative": (lambda x: sigmoid(x) * sigmoid(-x), 708.4, 745.2, (-37, -1, 1, 37)),
    "tanh_derivative": (lambda x: mp.sech(x) ** 2, 354.9, 373.3, (-19, -1, 1, 19)),
    "lecun_tanh_derivative": (lambda x: mpf("1.7159") * 2 / 3 * mp.sech(2 * x / 3) ** 2,
                              532.4, 560.1, (-28, -1, 1, 28)),
    "silu_derivative": (x_sigmoid_derivative(1), -715, -752, (-1.278, -1.028, -1.528, 2.4, 37, 60)),
    "gelu_derivative": (lambda x: normal_distribution(x) + x * normal_density(x), -37.7, -38.7,
                        (-0.752, -0.502, -1.002, -0.8397, 0.8397, 1.41, 8.2)),
    "gelu_tanh_derivative": (cancelling(gelu_tanh_derivative, lambda x: min(abs(x), 40) ** 2),
                             -21.2, -21.6, (-0.752, -0.502, -1.002, 1.41, 5)),
    "gelu_sigmoid_derivative": (x_sigmoid_derivative(mpf("1.702")), -420, -442,
                                (-0.751, -0.501, -1.001, 1.41, 22, 35.3)),
    "mish_derivative": (mish_derivative, -715, -752, (-1.192, -0.942, -1.442, 1.49, 18, 60)),
}

# Where a derivative vanishes: at the first of its places. The table has the doubles next to it.
ZEROS = {
    name: mp.findroot(FUNCTIONS[name][0], mpf(FUNCTIONS[name][3][0]))
    for name in ("gelu_derivative", "gelu_tanh_derivative", "gelu_sigmoid_derivative",
                 "silu_derivative", "mish_derivative")
}


def points(name, count, seed):
    """count doubles, the same on every run: special, logarithmic, uniform, tails, places."""
    rng = random.Random(f"{name} {seed}")
    _, border, last, places = FUNCTIONS[name]
    out = [5e-324, -5e-324, 3e-310, -3e-310, 2.2250738585072014e-308, 1e-300, -1e-160, 1e-103,
           -1.5e-103, 1e-30, -1e-17, 1e-8, -1e-5]
    for place in (*places, last, border if border else places[0]):
        out += [place, math.nextafter(place, math.inf), math.nextafter(place, -math.inf)]
    if name == "log1p":
        domain = lambda x: x > -1
    else:
        domain = lambda x: abs(x) < 2000
    groups = [
        lambda: rng.choice((-1, 1)) * 10 ** rng.uniform(-4, math.log10(min(abs(last), 1e3))),
        lambda: rng.uniform(-3, 3),
        lambda: rng.choice((-1, 1)) * 10 ** rng.uniform(-1, math.log10(min(abs(last), 40))),
        lambda: rng.uniform(border or -last, last),
        lambda: rng.choice(places) * rng.uniform(0.8, 1.25),
    ]
    if name in ZEROS:
        zero = float(ZEROS[name])
        out += [zero, math.nextafter(zero, math.inf), math.nextafter(zero, -math.inf)]
        groups.append(lambda: zero * (1 + rng.choice((-1, 1)) * 10 ** rng.uniform(-16, -0.5)))
        groups.append(lambda: zero + rng.choice((-1, 1)) * rng.uniform(0.2, 0.3))
    while len(out) < count:
        x = groups[len(out) % len(groups)]()
        if domain(x):
            out.append(x)
    return sorted({float(x) for x in out if domain(x)})


def table(count):
    print("# Reference values of io.ember4j.expr.SpecialFunctions.")
    print("# Made by api/tools/special_functions.py table, with mpmath from the defining formulas.")
    print("# x is the exact double, in hexadecimal; y is rounded to 40 significant digits.")
    print("function,x,y")
    for name, (f, *_) in FUNCTIONS.items():
        for x in points(name, count, count):
            print(f"{name},{x.hex()},{mp.nstr(f(mpf(x)), 40, min_fixed=0, max_fixed=0)}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what", choices=["coefficients", "table"])
    parser.add_argument("--points", type=int, default=150, help="per function (default: 150)")
    arguments = parser.parse_args()
    coefficients() if arguments.what == "coefficients" else table(arguments.points)


if __name__ == "__main__":
    main()
