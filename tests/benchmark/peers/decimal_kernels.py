"""One addition, parse and print of an amount by Python's decimal: the time of libmpdec and of the interpreter. Prints
nanoseconds by job."""

import decimal
import json

import peer

NUMBERS = 1024
REPEATS = 100


def nanoseconds(work):
    def repeated():
        for _ in range(REPEATS):
            work()

    seconds, _ = peer.median_of(repeated)
    return seconds / REPEATS / NUMBERS * 1e9


def main():
    decimal.getcontext().prec = 38
    texts = [f"{i * 7919 * 100003 % 1000000007}.{i % 100:02d}" for i in range(NUMBERS)]
    values = [decimal.Decimal(text) for text in texts]
    zero = decimal.Decimal(0)
    jobs = {
        "add Decimal": lambda: sum(values, zero),
        "parse Decimal": lambda: list(map(decimal.Decimal, texts)),
        "format Decimal": lambda: list(map(str, values)),
    }
    print(json.dumps({job: nanoseconds(work) for job, work in jobs.items()}))


if __name__ == "__main__":
    main()
