#!/usr/bin/env python3
"""Writes the reference values of the float64 kernels around the error function.

  error_reference.py > src/test/resources/io/ember4j/backend/pure/error-functions.csv

x is an exact double, in hexadecimal; y is the function there to 40 significant digits, with mpmath
from the defining formulas. The points are the same on every run: of all sizes, in the middle, about
the splits of the kernels and the zero of gelu', and where results are subnormal.

Needs mpmath.
"""
import math
import random

from mpmath import mp, mpf

mp.dps = 400


def ndtr(x):
    return mp.erfc(-x / mp.sqrt(2)) / 2


def gelu_derivative(x):
    return ndtr(x) + x * mp.exp(-x * x / 2) / mp.sqrt(2 * mp.pi)


# Each with the last x that has a result which is not zero.
FUNCTIONS = {
    "erf": (mp.erf, 7),
    "erfc": (mp.erfc, 27.2),
    "ndtr": (ndtr, -38.4),
    "gelu": (lambda x: x * ndtr(x), -38.5),
    "gelu'": (gelu_derivative, -38.5),
}
ZERO = float(mp.findroot(gelu_derivative, mpf("-0.75")))


def neighbours(x):
    return [math.nextafter(x, -math.inf), x, math.nextafter(x, math.inf)]


def points(last):
    rng = random.Random(1)
    out = [5e-324, 3e-310, 2.2250738585072014e-308, 4e-300]
    for exponent in range(-60, 6):
        out.append(math.ldexp(1 + rng.random(), exponent))
    for place in (0.9375, 1.0, 2.0, 4.0, 6.0, -ZERO):
        out += neighbours(place)
    for bits in range(4, 52, 2):
        out.append(-ZERO * (1 + math.ldexp(rng.uniform(-1, 1), -bits)))
    out += [rng.uniform(0, 3) for _ in range(40)]
    out += [rng.uniform(0, abs(last)) for _ in range(40)]
    # The largest and smallest ones have results on one side only.
    tail = [last * rng.uniform(0.97, 1) for _ in range(40)]
    return sorted({float(x) for x in out + [-x for x in out] + tail})


def main():
    print("# Made by backend-pure/tools/error_reference.py.")
    print("function,x,y")
    for name, (f, last) in FUNCTIONS.items():
        for x in points(last):
            print(f"{name},{x.hex()},{mp.nstr(f(mpf(x)), 40, min_fixed=0, max_fixed=0)}")


if __name__ == "__main__":
    main()
