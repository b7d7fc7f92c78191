using System.Diagnostics;
using Planning.Engine.Trackers;
using Planning.Trackers.Jira;
using Planning.Trackers.ServiceNow;

namespace Planning.Trackers;

/// <summary>Makes the adapter that speaks a tracker's language.</summary>
public static class TrackerAdapters
{
    /// <param name="http">Carries the requests. It follows no redirects: those would take the credentials elsewhere.</param>
    /// <exception cref="ArgumentException">The settings cannot work; says which.</exception>
    public static ITracker Create(TrackerOptions options, HttpMessageInvoker http, TimeProvider time)
    {
        if (options.Problem() is { } problem)
            throw new ArgumentException(problem, nameof(options));
        var calls = new TrackerCalls(options, http, time);
        return options.Kind switch
        {
            TrackerKind.JiraCloud or TrackerKind.JiraServer => new JiraTracker(options, calls),
            TrackerKind.ServiceNow => new ServiceNowTracker(options, calls),
            _ => throw new UnreachableException($"There is no kind of tracker {options.Kind}."),
        };
    }
}
