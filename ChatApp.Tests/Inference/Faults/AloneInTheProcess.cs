using Xunit;

namespace ChatApp.Tests.Inference.Faults;

/// <summary>Runs when nothing else does.</summary>
[CollectionDefinition(nameof(AloneInTheProcess), DisableParallelization = true)]
public sealed class AloneInTheProcess;
