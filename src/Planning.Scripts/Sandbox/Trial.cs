using System.Diagnostics;
using System.Text;

namespace Planning.Scripts.Sandbox;

/// <summary>Runs a program that does nothing, wrapped as a script is.</summary>
internal static class Trial
{
    private static readonly TimeSpan Enough = TimeSpan.FromSeconds(20);

    private static readonly byte[] Nothing = Encoding.UTF8.GetBytes("#!/bin/sh\nexit 0\n");

    /// <summary>Null when it ran, else what the machine said.</summary>
    public static string? Problem(SandboxWords words, ScriptOptions options)
    {
        try
        {
            using var folder = new RunFolder(Nothing, words.OwnerOf(options.FirstUserId));
            using var process = Process.Start(words.Describe(folder, options.FirstUserId, [], Enough))!;
            process.StandardInput.Close();
            var errors = process.StandardError.ReadToEndAsync();
            if (!process.WaitForExit(Enough))
            {
                ProcessTree.Kill(process.Id);
                return $"a program that does nothing has not ended within {Enough.TotalSeconds} s.";
            }
            return process.ExitCode == 0 ? null : $"{errors.GetAwaiter().GetResult().Trim()} (exit code {process.ExitCode}).";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or System.ComponentModel.Win32Exception)
        {
            return e.Message;
        }
    }
}
