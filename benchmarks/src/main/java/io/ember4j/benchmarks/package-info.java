/**
 * JMH benchmarks: one class for each question, with PyTorch, ND4J, jblas and the JDK measured
 * beside Ember4j in the same process, and the table of their ratios.
 */
package io.ember4j.benchmarks;
