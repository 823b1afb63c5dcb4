/* The core step in C: loops over blocks of households, keyed Philox draws, threads by OpenMP, library exp and log.
   The numbers of task.py come as macros from the command line. */
#include <math.h>
#include <stdint.h>

#define BLOCK 1024

/* Four words for each household of a block; the rounds are unrolled, so that the loop takes many households at a time. */
static void draw(long first, long n, uint32_t number, uint32_t purpose, uint32_t key0, uint32_t key1, uint32_t w[4][BLOCK]) {
    for (long i = 0; i < n; i++) {
        uint32_t c0 = (uint32_t)(first + i), c1 = 0, c2 = number, c3 = purpose, k0 = key0, k1 = key1;
        #pragma GCC unroll 10
        for (int round = 0; round < 10; round++) {
            uint64_t p0 = (uint64_t)0xD2511F53u * c0, p1 = (uint64_t)0xCD9E8D57u * c2;
            uint32_t n0 = (uint32_t)(p1 >> 32) ^ c1 ^ k0, n2 = (uint32_t)(p0 >> 32) ^ c3 ^ k1;
            c0 = n0; c1 = (uint32_t)p1; c2 = n2; c3 = (uint32_t)p0;
            k0 += 0x9E3779B9u; k1 += 0xBB67AE85u;
        }
        w[0][i] = c0; w[1][i] = c1; w[2][i] = c2; w[3][i] = c3;
    }
}

static inline float uniform(uint32_t word) { return ((float)(word >> 8) + 0.5f) * 5.9604644775390625e-08f; }

static const float gain[SERVICES] = GAIN;

/* Cosines only: GCC takes a sine and a cosine of one angle one at a time. */
static void earn(long n, uint32_t w[4][BLOCK], const float *restrict ability, float *restrict z, float *restrict assets,
                 float *restrict income, float *restrict year) {
    for (long i = 0; i < n; i++) {
        float radius = sqrtf(-2.0f * logf(uniform(w[0][i]))), angle = 6.2831853f * uniform(w[1][i]);
        z[i] = PERSISTENCE * z[i] + NOISE * radius * cosf(angle);
        float passing = PASSING * radius * cosf(angle - 1.5707963f) - 0.5f * PASSING * PASSING;
        income[i] = expf(ability[i] + z[i] + passing + ELASTICITY * logf((assets[i] + GARDEN) / USUAL));
        float after = assets[i] * (1.0f - WEAR) + 3.0f * SAVED * fmaxf(income[i] - NEEDS, 0.0f);
        assets[i] = uniform(w[2][i]) < SHOCK ? after * KEPT : after;
        year[i] += income[i];
    }
}

static void change_services(long n, uint32_t w[4][BLOCK], int first, int32_t *restrict services) {
    for (int k = first; k < first + SERVICES / 2; k++) {
        const uint32_t *restrict word = w[(k - first) / 2];
        const float chance = gain[k];
        const int shift = 16 * (k & 1);
        for (long i = 0; i < n; i++) {
            float u = ((float)((word[i] >> shift) & 0xFFFF) + 0.5f) / 65536.0f;
            services[i] ^= (u < ((services[i] >> k) & 1 ? LOSS : chance)) << k;
        }
    }
}

void quarter(long n, uint32_t number, uint32_t k0, uint32_t k1, const float *restrict ability, float *restrict z,
             float *restrict assets, int32_t *restrict services, float *restrict income, float *restrict year) {
    #pragma omp parallel for schedule(static)
    for (long lo = 0; lo < n; lo += BLOCK) {
        uint32_t w[4][BLOCK];
        long size = n - lo < BLOCK ? n - lo : BLOCK;
        draw(lo, size, number, 1, k0, k1, w);
        earn(size, w, ability + lo, z + lo, assets + lo, income + lo, year + lo);
        draw(lo, size, number, 2, k0, k1, w);
        change_services(size, w, 0, services + lo);
        draw(lo, size, number, 3, k0, k1, w);
        change_services(size, w, SERVICES / 2, services + lo);
    }
}

void review(long n, const int32_t *restrict services, const float *restrict year, uint8_t *restrict poor) {
    #pragma omp parallel for simd schedule(static)
    for (long i = 0; i < n; i++)
        poor[i] = (year[i] * 0.25f < LINE) & (SERVICES - __builtin_popcount((unsigned)services[i]) >= LACKING);
}
