using Planning.Benchmarks.Harness;

return await BenchmarkProgram.RunAsync(Registry.All, args);
