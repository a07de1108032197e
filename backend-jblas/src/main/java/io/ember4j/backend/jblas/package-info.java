/** The backend on jblas. */
package io.ember4j.backend.jblas;
