using Planning.Benchmarks.Harness;
using Planning.Cluster.Benchmarks;
using Planning.Cluster.Benchmarks.Plain;

// The figures of the plain Orleans way need silos that run it; those are this program again.
return args is [PlainSilo.Verb, .. var place]
    ? await PlainSilo.RunAsync(SiloPlace.Parse(place))
    : await BenchmarkProgram.RunAsync(ClusterRegistry.All, args);
