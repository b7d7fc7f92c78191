using Planning.Benchmarks.Harness;

try
{
    var arguments = BenchmarkArguments.Parse(args);
    await using var server = await BenchmarkServer.StartAsync(arguments.Database);
    var report = await BenchmarkRunner.RunAsync(Registry.All, arguments, server.ConnectionString);
    if (arguments.Json is { } file)
        await File.WriteAllTextAsync(file, report.ToJson() + "\n");
    return 0;
}
catch (ArgumentException wrong)
{
    await Console.Error.WriteLineAsync(wrong.Message);
    return 2;
}
