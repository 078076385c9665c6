// Empty on purpose: model-viewer brings its meshopt decoder along and only waits for a file of this kind.
