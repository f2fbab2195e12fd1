using System.ComponentModel.DataAnnotations;

namespace ChatApp.Api.Limits.Attempts;

/// <summary>Section <c>Limits:Attempts</c>: how often passwords, codes and links may be tried.</summary>
internal sealed class AttemptOptions
{
    /// <summary>Attempts at one account that may fail within <see cref="Window"/>. After that it is locked until they are long enough ago.</summary>
    /// <value>Defaults to 10.</value>
    public int Failures { get; set; } = 10;

    /// <summary>How many of them may follow each other at once. The pause after the next one is <see cref="FirstPause"/>, and each is twice the one before.</summary>
    /// <value>Defaults to 5.</value>
    public int FailuresWithoutPause { get; set; } = 5;

    /// <summary>The first pause.</summary>
    /// <value>Defaults to 1 second.</value>
    public TimeSpan FirstPause { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Attempts from one address that may fail within <see cref="Window"/>, at whatever accounts.</summary>
    /// <value>Defaults to 100.</value>
    public int AddressFailures { get; set; } = 100;

    /// <summary>In which time.</summary>
    /// <value>Defaults to 15 minutes.</value>
    public TimeSpan Window { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>Mails that one account may have sent to it in an hour.</summary>
    /// <value>Defaults to 5.</value>
    public int MailsPerHour { get; set; } = 5;

    /// <summary>Mails that one address may have sent in an hour, to whomever.</summary>
    /// <value>Defaults to 30.</value>
    public int AddressMailsPerHour { get; set; } = 30;

    /// <summary>What is wrong with these settings.</summary>
    public IEnumerable<ValidationResult> Problems()
    {
        if (Failures is < 1 or > 10_000 || AddressFailures is < 1 or > 100_000 || MailsPerHour is < 1 or > 10_000 || AddressMailsPerHour is < 1 or > 100_000)
        {
            yield return new ValidationResult("'Limits:Attempts' allows 1 to 10,000 failures and mails an account, and 1 to 100,000 an address.");
        }

        if (FailuresWithoutPause < 1 || FirstPause < TimeSpan.Zero || FirstPause > TimeSpan.FromMinutes(10))
        {
            yield return new ValidationResult("'Limits:Attempts' has at least 1 failure without a pause, and a first pause of 10 minutes at most.");
        }

        if (Window < TimeSpan.FromSeconds(1) || Window > TimeSpan.FromDays(1))
        {
            yield return new ValidationResult("'Limits:Attempts:Window' is between a second and a day.");
        }
    }
}
