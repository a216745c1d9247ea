namespace Facialis.Platform.Jobs;

/// <summary>Does the jobs of one kind. Registered scoped, as <c>services.AddScoped&lt;IJobHandler, X&gt;()</c>; it runs inside the job's clinic.</summary>
public interface IJobHandler
{
    /// <summary>The kind of its jobs, for example "visit-reminder": at most <see cref="Job.MaxKindLength"/> signs, never changed.</summary>
    string Kind { get; }

    /// <summary>Does the job. Returning is success, throwing is a failed try that is made again later.</summary>
    /// <remarks>
    /// What it leaves unsaved in the database context, notes for the audit log too, is saved in one transaction with the end of the job: so once
    /// at most. Before anything else that cannot be taken back it calls <see cref="JobWork.CommitAsync"/>.
    /// </remarks>
    /// <param name="work">The job, and the hold on it.</param>
    /// <param name="cancellation">Also ends when the time for this try has run out.</param>
    Task DoAsync(JobWork work, CancellationToken cancellation);
}

/// <summary>A try failed for a reason that may be shown: it says nothing about a person.</summary>
public sealed class JobFailedException : Exception
{
    public JobFailedException()
    {
    }

    public JobFailedException(string message) : base(message)
    {
    }

    public JobFailedException(string message, Exception inner) : base(message, inner)
    {
    }

    /// <summary>Trying again would be of no use, or might do twice what must be done once.</summary>
    public bool IsFinal { get; init; }
}

/// <summary>The job is not this node's any more: its time ran out, or it was taken back. Nothing more may be done for it.</summary>
public sealed class JobLostException : Exception
{
    public JobLostException() : base("The job is not held any more.")
    {
    }

    public JobLostException(string message) : base(message)
    {
    }

    public JobLostException(string message, Exception inner) : base(message, inner)
    {
    }
}
