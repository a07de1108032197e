/** Concurrency tests, and a soak of all backends. */
package io.ember4j.stress;
