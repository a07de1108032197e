#!/usr/bin/env python3
"""Derives the coefficients of the kernels around the error function, log and tanhshrink.

  error_functions.py mills        Mills' ratio and what is left of it in gelu and its derivative
  error_functions.py erf          erf(x) / x - 1 in powers of x^2, and log(erfc(t))
  error_functions.py log          (log(1 + f) - f) / f^2
  error_functions.py tanhshrink   (x - tanh(x)) / x^3 in powers of x^2

All are for float32; log and tanhshrink are also for float64 (--dtype float64).

Polynomials are fitted by kernels.py. The quotients M / N here are the best ones in the weighted
maximum norm too, with the same successive rounding. Their scale is free: it is chosen so that the
sums that are formed near zero lie in the upper half of a binade, where rounding is relatively
smallest. What is printed is Java; the error is the relative one of the function that the quotient
is part of, without the rounding of the evaluation.

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


def print_mills():
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
    print(f"\n  GELU_ZERO = {java_float(zero)} + {java_float(round_float32(GELU_ZERO - zero))};")


def print_erf():
    split, one = mpf("0.9375"), mpf(4)

    def near_zero(s):
        x = mp.sqrt(s)
        return mp.erf(x) / x - 1
    coefficients, error = fit(near_zero, lambda s: 1 / (near_zero(s) + 1), 0, split**2, 6)
    print_fit("ERF", f"erf(x) / x - 1 in powers of x^2, |x| < {mp.nstr(split)}", coefficients, error)

    def logarithm(t):
        return mp.log(mp.erfc(t))
    coefficients, error = fit(logarithm, lambda t: mp.erfc(t) / mp.erf(t), split, one, 6)
    print_fit("LOG_ERFC", f"log(erfc(t)), {mp.nstr(split)} <= t <= 4, relative in erf", coefficients,
              error)
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
    parser.add_argument("--dtype", choices=ROUNDING, default="float32", help="of log and tanhshrink only")
    arguments = parser.parse_args()
    if arguments.what in ("log", "tanhshrink"):
        functions[arguments.what](arguments.dtype)
    else:
        functions[arguments.what]()


if __name__ == "__main__":
    main()
