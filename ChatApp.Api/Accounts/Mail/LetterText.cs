namespace ChatApp.Api.Accounts.Mail;

/// <summary>What a mail says.</summary>
/// <param name="Subject">One line that holds nothing from outside.</param>
/// <param name="Text">Plain text, in lines that end with LF.</param>
internal sealed record LetterText(string Subject, string Text);
