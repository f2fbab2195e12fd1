using ChatApp.Api.Tone;
using Xunit;

namespace ChatApp.Tests.Tone;

public sealed class ToneRulesTests
{
    [Theory]
    [InlineData("I am so happy today, I got the job!", Emotion.Joy)]
    [InlineData("I feel really sad, my dog died.", Emotion.Sadness)]
    [InlineData("I'm so angry, this is unacceptable", Emotion.Anger)]
    [InlineData("I'm really scared of tomorrow", Emotion.Fear)]
    [InlineData("Ich bin so glücklich, bestanden!", Emotion.Joy)]
    [InlineData("Ich bin heute so traurig und fühle mich einsam", Emotion.Sadness)]
    [InlineData("Ich bin so wütend, mir reicht es", Emotion.Anger)]
    [InlineData("Ich habe Angst vor morgen", Emotion.Fear)]
    [InlineData("Estoy muy feliz hoy", Emotion.Joy)]
    [InlineData("Me siento muy triste, echo de menos a mi madre", Emotion.Sadness)]
    [InlineData("Estoy harta, qué rabia", Emotion.Anger)]
    [InlineData("Tengo miedo de lo que viene", Emotion.Fear)]
    [InlineData("Je suis très heureuse, trop bien", Emotion.Joy)]
    [InlineData("Je suis triste, tu me manques", Emotion.Sadness)]
    [InlineData("Je suis furieux, j'en ai marre", Emotion.Anger)]
    [InlineData("J'ai peur de ce qui vient", Emotion.Fear)]
    public void Read_WhatSomebodySaysOfThemselves_IsHeard(string text, Emotion emotion) => Assert.Equal(emotion, ToneRules.Read(text));

    [Theory]
    [InlineData("")]
    [InlineData("What is the capital of France?")]
    [InlineData("Write a function that sorts a list of integers.")]
    [InlineData("Tell me about the mad hatter and the happy prince.")]
    [InlineData("Wie wird das Wetter morgen in Berlin?")]
    [InlineData("I am not sad and not angry.")]
    public void Read_PlainText_IsNothing(string text) => Assert.Null(ToneRules.Read(text));
}
