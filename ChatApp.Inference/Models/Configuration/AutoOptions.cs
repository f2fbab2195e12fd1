namespace ChatApp.Inference.Models.Configuration;

/// <summary>What makes a model virtual: the section <c>Gateway:Models:N:Auto</c>.</summary>
public sealed class AutoOptions
{
    /// <summary>The model for what is easy.</summary>
    public string Small { get; set; } = string.Empty;

    /// <summary>The model for what is not.</summary>
    public string Large { get; set; } = string.Empty;

    /// <summary>The complexity, 0 to 1, from which the large one is asked.</summary>
    /// <value>0.5.</value>
    public double Threshold { get; set; } = 0.5;
}
