/* Rules as machine code, with all that the runtime needs to know of them. C11 and C++.
 *
 * Ownership   Everything that is reached from a rulebook_code belongs to the library, or to the
 *             program that it is linked into, and lives as long as that is loaded. Nothing is to be
 *             freed; nothing is ever written to.
 * Threads     Everything here may be read, and kernels be called, by any number of threads at a
 *             time; each call with arrays of its own.
 * Errors      There are none: a kernel has no way to fail, as long as its arrays are as the program
 *             describes them. It neither allocates nor calls anything but memset and memcpy.
 */
#ifndef RULEBOOK_CODE_H
#define RULEBOOK_CODE_H

#include <stdint.h>

/* The first bytes of a rulebook_code, and of what form it is. */
#define RULEBOOK_CODE_MAGIC "RULECODE"
#define RULEBOOK_CODE_VERSION 4u

/* One value a row; known[row] is 1 where it is known and 0 where it is not, and then the value may
 * be anything. */
struct rulebook_array {
    void *values;
    uint8_t *known;
};

/* Goes over the rows [0, rows) of all arrays of its program. */
typedef void (*rulebook_kernel)(const struct rulebook_array *arrays, int64_t rows);

struct rulebook_bytes {
    const unsigned char *data;
    uint64_t size;
};

/* The kernels for the instants at which the same versions of rules are in force. */
struct rulebook_program {
    /* 0: results of rules; 1: conditions of a trigger; 2: signals of records; 3: what becomes true */
    uint32_t use;
    uint32_t subject; /* which trigger, or records of which collection; else 0 */
    struct rulebook_bytes description; /* of arrays, kernels and results; the runtime reads it */
    const rulebook_kernel *kernels;    /* in the order in which they are called */
    uint64_t kernel_count;
};

struct rulebook_code {
    char magic[8]; /* RULEBOOK_CODE_MAGIC, without an end */
    uint32_t version;
    uint32_t cpu_level; /* the processor that is needed: see cpu */
    const char *cpu;    /* its name: "x86-64-v3" */
    const char *name;   /* of the rulebook */
    const char *rulebook_version;
    const char *content_hash;   /* SHA-256 of what the rules mean, 64 digits */
    struct rulebook_bytes plan; /* as a file .rbk has it */
    const struct rulebook_program *programs; /* of one use and subject from the earliest instants on */
    uint64_t program_count;
};

#endif
