/** The conformance kit: what every backend must compute. */
package io.ember4j.conformance;
