#!/usr/bin/env python3
"""Prints known answers for io.ember4j.Philox, from a separate implementation of Philox4x32-10.

Written from the paper's description (Salmon, Moraes, Dror and Shaw 2011) on whole numbers of any
size: the counter is a list of four words, a round permutes the halves of two 64-bit products.
"""

WORD = 2**32
MULTIPLIERS = (0xD2511F53, 0xCD9E8D57)
# Weyl sequence: the fractional parts of the golden ratio and of sqrt(3), times 2^32.
STEPS = (0x9E3779B9, 0xBB67AE85)


def philox4x32(counter, key, rounds=10):
    for r in range(rounds):
        k = [(key[i] + r * STEPS[i]) % WORD for i in range(2)]
        first, second = (divmod(counter[2 * i] * MULTIPLIERS[i], WORD) for i in range(2))
        counter = [second[0] ^ counter[1] ^ k[0], second[1],
                   first[0] ^ counter[3] ^ k[1], first[1]]
    return counter


def show(title, counter, key):
    words = " ".join(f"{w:08x}" for w in philox4x32(counter, key))
    print(f"{title}: {words}")


if __name__ == "__main__":
    show("all zero", [0] * 4, [0] * 2)
    show("all ones", [WORD - 1] * 4, [WORD - 1] * 2)
    # The first hexadecimal digits of pi: six different words, so that no two can be mixed up.
    show("digits of pi", [0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344],
         [0xA4093822, 0x299F31D0])
    show("seed 42, call 7, block 3", [3, 0, 7, 0], [42, 0])
    show("seed -2, call 2^40 + 1, block 0", [0, 0, 1, 2**8], [WORD - 2, WORD - 1])
