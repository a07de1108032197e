/** The catalogue of activation functions. */
package io.ember4j.activation;
