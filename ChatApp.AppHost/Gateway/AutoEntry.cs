namespace ChatApp.AppHost.Gateway;

/// <summary>How a virtual model chooses: the section <c>ChatApp:Models:N:Auto</c>.</summary>
internal sealed class AutoEntry
{
    /// <summary>The model for easy questions.</summary>
    public string Small { get; set; } = "";

    /// <summary>The model for hard ones.</summary>
    public string Large { get; set; } = "";

    /// <summary>The complexity, 0 to 1, from which the large one is asked.</summary>
    /// <value>Null: the gateway's own.</value>
    public double? Threshold { get; set; }
}
