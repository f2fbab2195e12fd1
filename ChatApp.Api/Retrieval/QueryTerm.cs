using System.Runtime.InteropServices;

namespace ChatApp.Api.Retrieval;

/// <summary>A term to look for, and how much it counts; 1 for a word of the question itself.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct QueryTerm(string Term, double Weight);
