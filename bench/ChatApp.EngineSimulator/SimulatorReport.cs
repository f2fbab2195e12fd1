using System.Text.Json.Serialization;

namespace ChatApp.EngineSimulator;

/// <summary>The answer of <c>GET /simulator</c>.</summary>
/// <param name="Active">Calls that are being answered now.</param>
/// <param name="Started">Calls whose answer began.</param>
/// <param name="Finished">Calls that were answered to the end, faults included.</param>
/// <param name="Aborted">Calls whose caller left before the end.</param>
/// <param name="BadPrefixes">Calls that asked to go on from something which is not the beginning of the answer.</param>
/// <param name="Peak">The most calls at once.</param>
public sealed record SimulatorReport(int Active, long Started, long Finished, long Aborted, long BadPrefixes, int Peak);

/// <summary>The answer of <c>GET /simulator/calls?id=X</c>.</summary>
/// <param name="Id">The question's id.</param>
/// <param name="Calls">How often it was asked.</param>
/// <param name="Prefixes">How many characters of the answer each call brought along.</param>
public sealed record SimulatorCalls(string Id, int Calls, IReadOnlyList<int> Prefixes);

/// <summary>How the two are written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SimulatorReport))]
[JsonSerializable(typeof(SimulatorCalls))]
public sealed partial class SimulatorJson : JsonSerializerContext;
