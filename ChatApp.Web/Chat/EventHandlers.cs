using Microsoft.AspNetCore.Components;

namespace ChatApp.Web.Chat;

/// <summary>
/// What the chat's script (js/chat/room.js) tells the page around it. The script registers the same names with Blazor.
/// The compiler finds this class by its name.
/// </summary>
[EventHandler("onturnstarted", typeof(TurnEventArgs), enableStopPropagation: false, enablePreventDefault: false)]
[EventHandler("onturnended", typeof(TurnEventArgs), enableStopPropagation: false, enablePreventDefault: false)]
[EventHandler("onthreadstale", typeof(TurnEventArgs), enableStopPropagation: false, enablePreventDefault: false)]
public static class EventHandlers;
