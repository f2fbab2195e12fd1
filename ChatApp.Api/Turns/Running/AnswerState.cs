using System.Runtime.InteropServices;

namespace ChatApp.Api.Turns.Running;

/// <summary>An answer at one moment: the number of its newest event, and the text that all events up to it make.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct AnswerState(long Seq, string Text);
