using System.Runtime.InteropServices;

namespace ChatApp.Api.Retrieval;

/// <summary>A term, and how often a text has it.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TermCount(string Term, int Count);
