#!/usr/bin/env python3
"""Derives the coefficients of the kernels around the error function, log and tanhshrink.

  error_functions.py mills        Mills' ratio and what is left of it in gelu and its derivative
  error_functions.py erf          erf(x) / x - 1 in powers of x^2, and log(erfc(t))
  error_functions.py log          (log(1 + f) - f) / f^2
  error_functions.py tanhshrink   (x - tanh(x)) / x^3 in powers of x^2

All are for float32, or with --dtype float64 for that.

Polynomials are fitted by kernels.py. The quotients M / N here are the best ones in the weighted
maximum norm too, with the same successive rounding. Their scale is free: it is chosen so that the
sums that are formed near zero lie in the upper half of a binade, where rounding is relatively
smallest. What is printed is Java; the error is the relative one of the function that the quotient
is part of, without the rounding of the evaluation.

In float64, mills and erf have polynomials of so high a degree that the exchange does not converge
once some of the coefficients are rounded. They are the best ones in the weighted sum of squares at
Chebyshev's points, which is little worse in the maximum. Instead of quotients, mills has
polynomials in (t - c) / (t + c).

Needs mpmath.
"""
import argparse

from mpmath import mp, mpf

from kernels import ROUNDING, alternation, fit, java_float, print_fit, print_pair, round_float32, \
    round_float64

# ---------------------------------------------------------------- quotients


def at(coefficients, x):
    return mp.polyval(coefficients[::-1], x)


def solve(sample, reference, m, n, free):
    """Sets the coefficients in free so that M / N - f alternates on the reference points.

    free lists pairs (whether of M, the power). Returns the level of the alternation.
    """
    fixed_m = [mpf(0) if (True, j) in free else c for j, c in enumerate(m)]
    fixed_n = [mpf(0) if (False, j) in free else c for j, c in enumerate(n)]
    for _ in range(4):
        rows, right = [], []
        for k, i in enumerate(reference):
            x, f, weight = sample[i]
            row = [weight * x**j if of_m else -weight * f * x**j for of_m, j in free]
            # The equation is multiplied by N; in the level's term by that of the last round.
            rows.append(row + [(-1)**k * at(n, x)])
            right.append(weight * (f * at(fixed_n, x) - at(fixed_m, x)))
        solution = mp.lu_solve(mp.matrix(rows), mp.matrix(right))
        for (of_m, j), c in zip(free, solution):
            (m if of_m else n)[j] = c
    return abs(solution[len(free)])


def errors(sample, m, n):
    return [weight * (at(m, x) / at(n, x) - f) for x, f, weight in sample]


def best(sample, m, n, free):
    """Sets the coefficients in free to the best ones; returns the largest weighted error."""
    count = len(free) + 1
    reference = [round((len(sample) - 1) * (k + mpf(1) / 2) / count) for k in range(count)]
    smallest = None
    for _ in range(25):
        level = solve(sample, reference, m, n, free)
        error = errors(sample, m, n)
        worst = max(map(abs, error))
        if smallest is None or worst < smallest[0]:
            smallest = worst, list(m), list(n)
        if worst <= level * mpf("1.01"):
            break
        try:
            reference = alternation(error, count)
        except ArithmeticError:
            break
    m[:], n[:] = smallest[1], smallest[2]
    return smallest[0]


def sampled(f, weight, high, bend, points):
    """Points in [0, high], even in x / (x + bend) but for being drawn to the ends."""
    ends = [(1 - mp.cos(mp.pi * i / points)) / 2 for i in range(points + 1)]
    bent = [high / (high + bend) * v for v in ends]
    return [(x, f(x), abs(weight(x))) for x in (bend * v / (1 - v) for v in bent)]


def powers(degrees):
    return [(of_m, j) for j in range(1, max(degrees) + 1) for of_m in (True, False)
            if j <= degrees[0 if of_m else 1]]


def quotient(f, weight, high, bend, degrees, first_m, first_n):
    """M / N for 0 <= x <= high, rounded to float32: M, N and the weighted error.

    Both first coefficients are given.
    """
    sample = sampled(f, weight, high, bend, 200)
    m = [first_m] + [mpf(0)] * degrees[0]
    n = [first_n] + [mpf(0)] * degrees[1]
    free = powers(degrees)
    while free:
        best(sample, m, n, free)
        of_m, j = free.pop(0)
        part = m if of_m else n
        part[j] = round_float32(part[j])
    return m, n, max(map(abs, errors(sample, m, n)))


def best_rational(f, high, bend, degrees):
    """The best quotient relative to f, not rounded: it says what slope a split should have."""
    sample = sampled(f, lambda x: 1 / f(x), high, bend, 300)
    m = [f(mpf(0))] + [mpf(0)] * degrees[0]
    n = [mpf(1)] + [mpf(0)] * degrees[1]
    best(sample, m, n, powers(degrees))
    return m, n


def print_quotient(name, what, m, n, error, **constants):
    for constant, value in constants.items():
        print(f"\n  {name}_{constant.upper()} = {java_float(value)};")
    print_fit(f"{name}_N", what + ", denominator", n, error)
    print_fit(f"{name}_M", what + ", numerator", m, error)


# ---------------------------------------------------------------- polynomials of high degree


def squares(f, weight, low, high, degree, exact=()):
    """Coefficients (ascending) that are rounded to float64 one after another, and their error.

    The least weighted sum of squares at Chebyshev's points decides. At the points in exact, the
    polynomial hardly deviates.
    """
    middle, radius, points = (low + high) / 2, (high - low) / 2, 160
    angles = [mp.pi * (i + mpf(1) / 2) / points for i in range(points)]
    sample = [(middle - radius * mp.cos(angle), 1) for angle in angles]
    rows, right = [], []
    for x, factor in sample + [(x, 1000) for x in exact]:
        factor *= abs(weight(x))
        rows.append([factor * x**j for j in range(degree + 1)])
        right.append(factor * f(x))
    rows, right = mp.matrix(rows), mp.matrix(right)
    products, target = rows.T * rows, rows.T * right
    known = []
    while len(known) <= degree:
        free = range(len(known), degree + 1)
        rest = [target[i] - mp.fsum(products[i, j] * c for j, c in enumerate(known)) for i in free]
        solution = mp.lu_solve(mp.matrix([[products[i, j] for j in free] for i in free]),
                               mp.matrix(rest))
        known.append(round_float64(solution[0]))
    grid = [low + (high - low) * (2 * i + 1) / 4000 for i in range(2000)]
    return known, max(abs(weight(x) * (f(x) - at(known, x))) for x in grid)


def computed(coefficients, x):
    """The polynomial by Horner's rule in float64, one FMA per degree."""
    result = coefficients[-1]
    for c in coefficients[-2::-1]:
        result = round_float64(result * x + c)
    return result


# ---------------------------------------------------------------- the functions


def scaled_erfc(t):
    return mp.erfc(t) * mp.exp(t * t)


def mills(t):
    """e^(t^2/2) times the normal distribution function at -t."""
    return scaled_erfc(t / mp.sqrt(2)) / 2


DENSITY = 1 / mp.sqrt(2 * mp.pi)
GELU_ZERO = mp.findroot(lambda t: mills(t) - DENSITY * t, mpf("0.75"))


def slope_of_gelu(t):
    """e^(t^2/2) times the derivative of gelu at -t, without its zero."""
    t += mpf(10)**-20 if abs(t - GELU_ZERO) < mpf(10)**-20 else 0
    return (mills(t) - DENSITY * t) / (GELU_ZERO - t)


def sensitivity(f, center, limit):
    """The relative change of f by one of r = 1 / (t + center), in powers of r.

    It is rough, but for its rounding right at t = 0, at the center and at infinity, where it is the
    limit.
    """
    def change(t):
        return -mp.diff(f, t) / f(t) * (t + center) - limit
    near, middle = change(mpf(0)), change(center)
    first, second = (4 * middle - near) * center, (near - 2 * middle) * 2 * center**2
    return [float(limit), float(mp.nint(16 * first) / 16), float(mp.nint(16 * second) / 16)]


def print_mills(dtype="float32"):
    if dtype == "float64":
        print_mapped_mills()
        return
    scale = mpf("1.75")
    for name, f, high, bend in (("NDTR", mills, mpf("14.5"), mpf(2)),
                                ("ERFC", scaled_erfc, mpf("10.1"), mpf("1.4"))):
        m, n = best_rational(f, high, bend, (4, 5))
        slope = n[5] / m[4]
        offset = mp.nint((n[4] - slope * m[3]) / m[4] * 2**16) / 2**16
        slope = round_float32(slope)

        def rest(t, f=f, slope=slope, offset=offset):
            return 1 / f(t) - slope * t - offset
        m, n, error = quotient(rest, f, high, bend, (3, 4),
                               round_float32(scale * rest(mpf(0))), scale)
        print_quotient(name, f"1 / f - slope t - offset for t <= {mp.nstr(high, 3)}", m, n, error,
                       slope=slope, offset=offset)
    m, n = best_rational(mills, mpf("13.2"), mpf(2), (4, 5))
    slope = round_float32(n[5] / m[4])
    m, n, error = quotient(lambda t: 1 / mills(t) - slope * t, mills, mpf("13.2"), mpf(2), (4, 4),
                           2 * scale, scale)
    print_quotient("GELU", "1 / f - slope t for t <= 13.2", m, n, error, slope=slope)
    scale, slope = mpf("2.5"), mpf("1.75")
    zero = round_float32(GELU_ZERO)
    # At zero the zero times the quotient is exactly one half.
    first = round_float32(2 * round_float32(scale * zero) - slope * scale)
    m, n, error = quotient(lambda t: 1 / slope_of_gelu(t) - slope, slope_of_gelu, mpf("13.3"),
                           mpf(2), (4, 4), first, scale)
    print_quotient("GELU_DERIVATIVE", "1 / f - slope for t <= 13.3", m, n, error, slope=slope)
    # In doubles, of which Java derives what float32 takes.
    print_pair("GELU_ZERO", GELU_ZERO, round_float64(GELU_ZERO), round_float64)


def print_mapped_mills():
    for name, f, center, high, degree, falls in (
            ("NDTR", mills, mpf(4), mpf(39), 23, True),
            ("ERFC", scaled_erfc, mpf(2), mpf("27.5"), 25, True),
            ("GELU_SLOPE", slope_of_gelu, mpf(4), mpf(39), 21, False)):
        def p(s, f=f, center=center, falls=falls):
            t = center * (1 + s) / (1 - s)
            return f(t) * (t + center if falls else 1)
        coefficients, error = squares(p, lambda s, p=p: 1 / p(s), mpf(-1),
                                      (high - center) / (high + center), degree, [mpf(-1)])
        c = mp.nstr(center, 1)
        print_fit(f"{name}_P", ("f (t + c)" if falls else "f")
                  + f" in powers of (t - c) / (t + c) for c = {c}, t <= {mp.nstr(high)}",
                  coefficients, error)
        print(f"  // computed at 0: {float(computed(coefficients, mpf(-1)))}")
        print(f"  {name}_SENSITIVITY = {sensitivity(f, center, int(falls))};")


def print_erf(dtype="float32"):
    split = mpf("0.9375")
    one = 4 if dtype == "float32" else 6

    def near_zero(s):
        x = mp.sqrt(s)
        return mp.erf(x) / x - 1 if x else 2 / mp.sqrt(mp.pi) - 1

    def logarithm(t):
        return mp.log(mp.erfc(t))
    for name, what, f, weight, low, high, degrees in (
            ("ERF", f"erf(x) / x - 1 in powers of x^2, |x| < {mp.nstr(split)}", near_zero,
             lambda s: 1 / (near_zero(s) + 1), mpf(0), split**2, (6, 11)),
            ("LOG_ERFC", f"log(erfc(t)), {mp.nstr(split)} <= t <= {one}, relative in erf",
             logarithm, lambda t: mp.erfc(t) / mp.erf(t), split, mpf(one), (6, 17))):
        if dtype == "float32":
            coefficients, error = fit(f, weight, low, high, degrees[0])
        else:
            coefficients, error = squares(f, weight, low, high, degrees[1])
        print_fit(name, what, coefficients, error)
    scale = 2 / mp.sqrt(mp.pi)
    # In doubles, of which Java derives what float32 takes.
    print_pair("2 / sqrt(pi)", scale, round_float64(scale), round_float64)
    print_pair("1 / sqrt(2 pi)", DENSITY, round_float64(DENSITY), round_float64)


def print_log(dtype="float32"):
    def f(x):
        return (mp.log1p(x) - x) / x**2
    coefficients, error = fit(f, lambda x: x**2 / mp.log1p(x), mpf(-1) / 3, mpf(1) / 3,
                              8 if dtype == "float32" else 20, fixed=[mpf(-1) / 2],
                              rounding=ROUNDING[dtype])
    print_fit("LOG", "(log(1 + x) - x) / x^2 for |x| <= 1/3, relative in log(1 + x)", coefficients,
              error)


def print_tanhshrink(dtype="float32"):
    def f(s):
        x = mp.sqrt(s)
        return (x - mp.tanh(x)) / (x * s)
    coefficients, error = fit(f, lambda s: 1 / f(s), 0, 1, 7 if dtype == "float32" else 15,
                              rounding=ROUNDING[dtype])
    print_fit("TANHSHRINK", "(x - tanh(x)) / x^3 in powers of x^2, |x| < 1", coefficients, error)


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    functions = {"mills": print_mills, "erf": print_erf, "log": print_log,
               "tanhshrink": print_tanhshrink}
    parser.add_argument("what", choices=functions)
    parser.add_argument("--dtype", choices=ROUNDING, default="float32")
    arguments = parser.parse_args()
    # The high degrees need the digits; the others were derived with those of kernels.py.
    if arguments.what in ("mills", "erf") and arguments.dtype == "float64":
        mp.dps = 60
    functions[arguments.what](arguments.dtype)


if __name__ == "__main__":
    main()
