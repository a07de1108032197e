/** The backend on ND4J. */
package io.ember4j.backend.nd4j;
