package io.ember4j.cli;

/**
 * What came of training on one backend.
 *
 * @param backend its name
 * @param curve the course of the training
 * @param heldOut how well the network does on the samples that it has never seen
 */
record BackendTraining(String backend, TrainingCurve curve, Evaluation heldOut) {}
