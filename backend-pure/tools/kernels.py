#!/usr/bin/env python3
"""Derives the coefficients of the kernels in io.ember4j.backend.pure.

  kernels.py exp         2^f, and log2(e) in two parts
  kernels.py expm1       (e^r - 1 - r) / r^2, and ln 2 in two parts
  kernels.py log1p       log(1 + e) / e for e in [0, 1]
  kernels.py constants   the scales of the logistic kernels, in two doubles each

All but the constants are for float32, or with --dtype float64 for that.

Each polynomial is the best one in the weighted maximum norm (Remez), and its coefficients are
rounded to the dtype one after another, lowest first, each time with the best fit for the rest. What
is printed is Java; the error is the weighted one, of the polynomial with the rounded coefficients
and without the rounding of its evaluation.

Needs mpmath. Other scripts may import fit and print_fit.
"""
import argparse
import struct

from mpmath import mp, mpf

mp.dps = 40


def round_float32(x):
    """The nearest float32, through the nearest double: they differ in one case in 2^29."""
    return mpf(struct.unpack("f", struct.pack("f", float(x)))[0])


def round_float64(x):
    return mpf(float(x))


ROUNDING = {"float32": round_float32, "float64": round_float64}
DIGITS = {"float32": 24, "float64": 53}


# ---------------------------------------------------------------- Remez


def remez(f, weight, low, high, first, degree, points=600):
    """The best c[first] x^first + ... + c[degree] x^degree, by |weight (f - polynomial)|.

    The exchange runs on a grid that is denser towards the ends, in which 0 is left out: there the
    basis may vanish. Returns the coefficients and the largest weighted error on the grid.
    """
    middle, radius = (low + high) / 2, (high - low) / 2
    grid = [middle - radius * mp.cos(mp.pi * (i + mpf(1) / 2) / points) for i in range(points)]
    grid = [low] + [x for x in grid if abs(x) > radius / 10**4] + [high]
    if low == 0:
        grid = grid[1:]
    weights = [abs(weight(x)) for x in grid]
    values = [f(x) for x in grid]
    unknowns = degree - first + 1
    reference = [i * (len(grid) - 1) // unknowns for i in range(unknowns + 1)]
    for _ in range(40):
        rows, right = [], []
        for k, i in enumerate(reference):
            row = [grid[i]**j for j in range(first, degree + 1)]
            # The levelled error alternates for polynomials; x^first changes sign at zero.
            sign = (-1)**k * (-1 if grid[i] < 0 and first % 2 else 1)
            rows.append(row + [sign / weights[i]])
            right.append(values[i])
        solution = mp.lu_solve(mp.matrix(rows), mp.matrix(right))
        coefficients = [solution[j] for j in range(unknowns)]
        level = abs(solution[unknowns])
        errors = []
        for x, w, v in zip(grid, weights, values):
            error = w * (v - x**first * mp.polyval(coefficients[::-1], x))
            errors.append(-error if x < 0 and first % 2 else error)
        worst = max(map(abs, errors))
        if worst <= level * (1 + mpf(10)**-6):
            break
        reference = alternation(errors, unknowns + 1)
    return coefficients, worst


def alternation(errors, count):
    """Indices of that many extrema of alternating sign, the largest ones that hang together."""
    extrema = []
    for i, error in enumerate(errors):
        if not extrema or (error > 0) != (errors[extrema[-1]] > 0):
            extrema.append(i)
        elif abs(error) > abs(errors[extrema[-1]]):
            extrema[-1] = i
    while len(extrema) > count:
        if len(extrema) == count + 1:
            extrema.pop(0 if abs(errors[extrema[0]]) < abs(errors[extrema[-1]]) else -1)
        else:
            weakest = min(range(len(extrema) - 1),
                          key=lambda k: max(abs(errors[extrema[k]]), abs(errors[extrema[k + 1]])))
            del extrema[weakest:weakest + 2]
    if len(extrema) < count:
        raise ArithmeticError(f"{len(extrema)} extrema where {count} alternate")
    return extrema


def fit(f, weight, low, high, degree, fixed=(), rounding=round_float32):
    """Coefficients (ascending) that are rounded one after another, and their weighted error.

    fixed gives the first of them.
    """
    low, high = mpf(low), mpf(high)
    coefficients = [mpf(c) for c in fixed]
    while len(coefficients) <= degree:
        def rest(x, known=tuple(coefficients)):
            return f(x) - mp.polyval(known[::-1], x)
        best, _ = remez(rest, weight, low, high, len(coefficients), degree)
        coefficients.append(rounding(best[0]))
    grid = [low + (high - low) * (2 * i + 1) / 4000 for i in range(2000)]
    error = max(abs(weight(x) * (f(x) - mp.polyval(coefficients[::-1], x))) for x in grid)
    return coefficients, error


# ---------------------------------------------------------------- output


def java_float(x):
    """Exactly x, which is a float32, as a Java literal."""
    return float(x).hex().replace("0x1.0000000000000p", "0x1.0p").replace("0000000p", "p")


def print_fit(name, what, coefficients, error):
    print(f"\n  // {what}: error {mp.nstr(error, 3)} = 2^{mp.nstr(mp.log(error, 2), 4)}")
    print(f"  {name} = {{")
    for i in range(0, len(coefficients), 4):
        print("    " + ", ".join(map(java_float, coefficients[i:i + 4])) + ",")
    print("  };")


def print_pair(name, value, high, rounding):
    print(f"  {name} = {java_float(high)} + {java_float(rounding(value - high))}")


# ---------------------------------------------------------------- the kernels' functions


def exp(dtype, degree):
    rounding = ROUNDING[dtype]
    half = mpf("0.5") + mpf(2)**-16
    coefficients, error = fit(lambda f: mpf(2)**f, lambda f: mpf(2)**-f, -half, half, degree,
                              fixed=[1], rounding=rounding)
    print_fit("EXP2", "(2^f - 1) / f for |f| <= 1/2, relative in 2^f", coefficients[1:], error)
    log2e = 1 / mp.log(2)
    print_pair("LOG2E", log2e, rounding(log2e), rounding)


def expm1(dtype, degree):
    half = mp.log(2) / 2 * (1 + mpf(2)**-16)
    coefficients, error = fit(mp.expm1, lambda r: 1 / mp.expm1(r), -half, half, degree,
                              fixed=[0, 1], rounding=ROUNDING[dtype])
    print_fit("EXPM1", "(e^r - 1 - r) / r^2 for |r| <= ln(2)/2, relative in e^r - 1", coefficients[2:], error)
    # Rounded down, so that both parts are positive: then a zero keeps its sign in the reduction.
    unit = mpf(2)**-DIGITS[dtype]
    print_pair("LN2", mp.log(2), mp.floor(mp.log(2) / unit) * unit, ROUNDING[dtype])


def log1p(dtype, degree):
    def f(e):
        return mp.log1p(e) / e
    coefficients, error = fit(f, lambda e: 1 / f(e), 0, 1, degree, fixed=[1],
                              rounding=ROUNDING[dtype])
    print_fit("LOG1P", "log(1 + e) / e for 0 < e <= 1, relative", coefficients, error)


def constants():
    """All logarithms are to base 2, since that is what the exponentials of multiples take.

    What float32 takes of them is derived in Java.
    """
    def double_pair(name, value):
        print_pair(name, value, round_float64(value), round_float64)
    log2e = 1 / mp.log(2)
    double_pair("log2(e)", log2e)
    double_pair("4/3 log2(e)", mpf(4) / 3 * log2e)
    double_pair("1.702", mpf("1.702"))
    double_pair("1.702 log2(e)", mpf("1.702") * log2e)
    linear = 2 * mp.sqrt(2 / mp.pi)
    cubic = linear * mpf("0.044715")
    double_pair("2 sqrt(2/pi)", linear)
    double_pair("6 sqrt(2/pi) 0.044715", 3 * cubic)
    double_pair("2 sqrt(2/pi) log2(e)", linear * log2e)
    double_pair("2 sqrt(2/pi) 0.044715 log2(e)", cubic * log2e)


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["exp", "expm1", "log1p", "constants"])
    parser.add_argument("--dtype", choices=ROUNDING, default="float32")
    parser.add_argument("--degree", type=int, help="another degree than the kernel's")
    arguments = parser.parse_args()
    if arguments.what == "constants":
        constants()
        return
    fits = {"exp": (exp, 6, 11), "expm1": (expm1, 6, 11), "log1p": (log1p, 9, 20)}
    function, *degrees = fits[arguments.what]
    function(arguments.dtype, arguments.degree or degrees[arguments.dtype == "float64"])


if __name__ == "__main__":
    main()
